//! Other orders: what comes of an example where everything takes a little more or less time.

use crate::ui::panels::seconds;
use crate::ui::shared::Shared;
use crate::ui::shell::{Dialog, Language};
use asyncio::World;
use examples::{Args, Example};
use gloo_timers::callback::Timeout;
use run::{Orders, Outcome, Telling};
use std::collections::BTreeMap;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// How many runs there are.
const RUNS: u64 = 2000;

/// How long runs may take at a time before the page has its turn, in milliseconds.
const SLICE: f64 = 10.0;

/// Most outcomes that are listed.
const LISTED: usize = 8;

/// Most lines of an outcome that are shown.
const LINES: usize = 4;

/// Bars of the distribution.
const BARS: usize = 40;

/// The spreads to choose from, in hundredths of a percent.
const SPREADS: [u32; 6] = [10, 100, 500, 1000, 2000, 5000];

/// What the words call what runs are told apart by.
const TELLINGS: [&str; 3] = ["lines", "ends", "errors"];

/// What a world is, in words.
pub fn say_world(language: Language, world: World) -> String {
    let (seed, spread) = (world.seed.to_string(), percent(run::points(world)));
    language.fill("whatif.world", &[("seed", &seed), ("spread", &spread)])
}

/// Hundredths of a percent in percent.
fn percent(points: u32) -> String {
    (f64::from(points) / 100.0).to_string()
}

/// What runs in other orders.
#[derive(Clone, PartialEq, Properties)]
pub struct OrdersDialogProps {
    /// The language.
    pub language: Language,
    /// The example.
    pub example: &'static Example,
    /// The values.
    pub args: Shared<Args>,
    /// The reader wants to see the run of this world.
    pub on_world: Callback<Option<World>>,
    /// It is closed.
    pub on_close: Callback<()>,
}

/// The dialog, which fills while the page stays free.
pub struct OrdersDialog {
    spread: usize,
    telling: usize,
    orders: Orders,
    /// From which spread on outcomes come about, by their seeds.
    least: BTreeMap<u64, u32>,
    next: Option<Timeout>,
}

/// What may happen.
pub enum Message {
    /// It is time for more runs.
    Run,
    /// Another spread, by its place.
    Spread(usize),
    /// Another way of telling runs apart, by its place.
    Telling(usize),
}

impl Component for OrdersDialog {
    type Message = Message;
    type Properties = OrdersDialogProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (spread, telling) = (3, 0);
        let orders = orders(ctx.props(), spread, telling);
        OrdersDialog { spread, telling, orders, least: BTreeMap::new(), next: Some(soon(ctx)) }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Run => self.go_on(ctx),
            Message::Spread(spread) => self.begin(ctx, spread, self.telling),
            Message::Telling(telling) => self.begin(ctx, self.spread, telling),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let OrdersDialogProps { language, on_close, .. } = ctx.props();
        let language = *language;
        let chosen = |event: Event| {
            event.target_unchecked_into::<HtmlSelectElement>().value().parse().unwrap_or(0)
        };
        let option = |n: usize, chosen: usize, text: String| {
            html! { <option value={n.to_string()} selected={n == chosen}>{text}</option> }
        };
        let spreads = SPREADS.iter().enumerate();
        let spreads =
            spreads.map(|(n, points)| option(n, self.spread, format!("±{} %", percent(*points))));
        let tellings = TELLINGS.iter().enumerate();
        let tellings = tellings
            .map(|(n, key)| option(n, self.telling, language.text(&format!("whatif.tell.{key}"))));
        let (runs, different) = (self.orders.runs().to_string(), self.orders.different());
        let tally = [("n", &*runs), ("k", &*different.to_string())];
        html! {
            <Dialog {language} id="orders-dialog" heading={language.text("whatif.orders")} {on_close}>
                <p>{language.text("whatif.orders_what")}</p>
                <div class="asked">
                    <label>{language.text("whatif.spread")}
                        <select id="spread" onchange={ctx.link().callback(move |event| Message::Spread(chosen(event)))}>
                            {for spreads}
                        </select>
                    </label>
                    <label>{language.text("whatif.telling")}
                        <select id="telling" onchange={ctx.link().callback(move |event| Message::Telling(chosen(event)))}>
                            {for tellings}
                        </select>
                    </label>
                </div>
                <p id="tally" aria-busy={self.next.is_some().to_string()}><b>{language.fill("whatif.tally", &tally)}</b></p>
                {self.distribution(language)}
                {self.table(ctx)}
            </Dialog>
        }
    }
}

fn orders(props: &OrdersDialogProps, spread: usize, telling: usize) -> Orders {
    let points = SPREADS.get(spread).copied().unwrap_or(SPREADS[0]);
    let telling = Telling::ALL.get(telling).copied().unwrap_or(Telling::Lines);
    Orders::new(props.example, &props.args, points, telling)
}

fn soon(ctx: &Context<OrdersDialog>) -> Timeout {
    let link = ctx.link().clone();
    Timeout::new(0, move || link.send_message(Message::Run))
}

impl OrdersDialog {
    fn begin(&mut self, ctx: &Context<Self>, spread: usize, telling: usize) {
        (self.spread, self.telling) = (spread, telling);
        self.orders = orders(ctx.props(), spread, telling);
        self.least.clear();
        self.next = Some(soon(ctx));
    }

    /// Runs for a slice of time; when all have run, it is found for each outcome from which spread on it comes about.
    fn go_on(&mut self, ctx: &Context<Self>) {
        let begun = js_sys::Date::now();
        while self.orders.runs() < RUNS && js_sys::Date::now() - begun < SLICE {
            self.orders.step(crate::BUDGET);
        }
        let mut more = self.orders.runs() < RUNS;
        if !more {
            let known = |outcome: &Outcome| self.least.contains_key(&outcome.seed);
            let open = self.orders.outcomes(LISTED).into_iter().find(|outcome| !known(outcome));
            if let Some(outcome) = open {
                let least = self.orders.least_spread(outcome.seed, crate::BUDGET);
                self.least.insert(outcome.seed, least);
                more = true;
            }
        }
        self.next = more.then(|| soon(ctx));
    }

    /// How long the runs took.
    fn distribution(&self, language: Language) -> Html {
        let Some((least, most, counts)) = self.orders.distribution(BARS) else {
            return Html::default();
        };
        let highest = counts.iter().copied().max().unwrap_or(1).max(1);
        let bar = |count: &usize| {
            let height = *count as f64 / highest as f64 * 100.0;
            html! { <i style={format!("height:{height:.1}%")} title={count.to_string()}></i> }
        };
        let ends = [("least", &*seconds(least)), ("most", &*seconds(most))];
        let label = language.fill("whatif.distribution", &ends);
        html! {
            <>
                <div class="histogram" role="img" aria-label={label.clone()}>{for counts.iter().map(bar)}</div>
                <p>{label}</p>
            </>
        }
    }

    /// The outcomes, the most frequent first; of the others what is different from it.
    fn table(&self, ctx: &Context<Self>) -> Html {
        let language = ctx.props().language;
        let outcomes = self.orders.outcomes(LISTED);
        let Some(usual) = outcomes.first() else { return Html::default() };
        let runs = self.orders.runs().max(1) as f64;
        let row = |outcome: &Outcome| {
            let least = self.least.get(&outcome.seed).copied();
            // The smallest change that brings it about, where that is known.
            let points = least.filter(|least| *least > 0).unwrap_or(SPREADS[self.spread]);
            let world = (least != Some(0)).then(|| run::world(outcome.seed, points));
            let part = format!("{} · {:.1} %", outcome.count, outcome.count as f64 / runs * 100.0);
            let least = least.map(|least| match least {
                0 => language.text("whatif.as_written"),
                least => format!("±{} %", percent(least)),
            });
            let on_show = ctx.props().on_world.reform(move |_: MouseEvent| world);
            let seed = language.fill("whatif.show_seed", &[("seed", &outcome.seed.to_string())]);
            html! {
                <tr key={outcome.seed}>
                    <td class="much">{part}</td>
                    <td class="what" title={outcome.what.join("\n")}>{self.say(language, outcome, usual)}</td>
                    <td class="much">{least}</td>
                    <td>
                        <button class="button" data-seed={outcome.seed.to_string()} title={seed.clone()}
                            aria-label={seed} onclick={on_show}>{language.text("whatif.show")}</button>
                    </td>
                </tr>
            }
        };
        let rarer = self.orders.different().saturating_sub(outcomes.len());
        let heading =
            |key: &str| html! { <th scope="col">{language.text(&format!("whatif.{key}"))}</th> };
        html! {
            <>
                <table class="outcomes">
                    <thead><tr>{heading("often")}{heading("outcome")}{heading("least_spread")}<td></td></tr></thead>
                    <tbody>{for outcomes.iter().map(row)}</tbody>
                </table>
                if rarer > 0 { <p>{language.fill("whatif.shown_of", &[("n", &rarer.to_string())])}</p> }
            </>
        }
    }

    /// An outcome in a few lines, from where it differs from the usual one.
    fn say(&self, language: Language, outcome: &Outcome, usual: &Outcome) -> String {
        if outcome.what.is_empty() {
            let errors = Telling::ALL.get(self.telling) == Some(&Telling::Errors);
            return language.text(if errors {
                "whatif.ends_well"
            } else {
                "whatif.nothing_printed"
            });
        }
        let same = outcome.what.iter().zip(&usual.what).take_while(|(a, b)| a == b).count();
        let from = if outcome == usual { 0 } else { same.min(outcome.what.len() - 1) };
        let mut lines: Vec<&str> =
            outcome.what[from..].iter().take(LINES).map(|line| &**line).collect();
        if from > 0 {
            lines.insert(0, "…");
        }
        if outcome.what.len() > from + LINES {
            lines.push("…");
        }
        lines.join("\n")
    }
}
