//! What trials have come to, as it is shown.

use super::super::constants::Constant;
use super::super::engine::coming;
use super::super::script;
use super::{Message, Ran, State, Trial, Trials, TrialsProps, What};
use crate::ui::panels::seconds;
use crate::ui::shell::Language;
use crate::ui::whatif::{Map, Plot, Spot, choose_measure, read, write};
use causes::saved;
use run::Measures;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// So many outcomes are listed.
const LISTED: usize = 8;
/// So many lines of an outcome are shown.
const LINES: usize = 4;

impl Trials {
    /// All of it.
    pub(super) fn show(&self, ctx: &Context<Self>) -> Html {
        let TrialsProps { language, what, .. } = ctx.props();
        let language = *language;
        let text = |key: &str| language.text(&format!("program.trials.{key}"));
        let is_open = self.state != State::Unasked;
        let on_click = ctx.link().callback(|_: MouseEvent| Message::Toggle);
        let (id, key) = match what {
            What::AtOnce => ("at-once", "at_once"),
            What::Orders => ("orders-own", "orders"),
            What::Sweep(_) => ("sweep-own", "sweep"),
        };
        let button = if let What::Sweep(constant) = what {
            let name = constant.name.clone();
            let label = language.fill("whatif.sweep_of", &[("label", &name)]);
            html! {
                <button type="button" class="button quiet sweep-toggle" data-sweep={name} onclick={on_click}
                    aria-expanded={is_open.to_string()} title={label.clone()} aria-label={label}>{"∿"}</button>
            }
        } else {
            html! {
                <button type="button" id={format!("{id}-ask")} class="button quiet" onclick={on_click}
                    disabled={!script::is_there()} aria-expanded={is_open.to_string()}
                    title={text(&format!("{key}_note"))}>{text(key)}</button>
            }
        };
        let (state, opened) = match is_open {
            true => Opened { trials: self, ctx }.view(),
            false => ("unasked", Html::default()),
        };
        html! { <div class={classes!("trials", id)} data-state={state}>{button}{opened}</div> }
    }
}

/// What is seen once somebody has asked. It comes with [`Part::Own`](crate::parts::Part::Own): nothing of it may become a
/// part of what the page begins with.
struct Opened<'a> {
    trials: &'a Trials,
    ctx: &'a Context<Trials>,
}

impl Opened<'_> {
    /// The name of the state, and what has come of it so far.
    #[inline(never)]
    fn view(&self) -> (&'static str, Html) {
        let TrialsProps { language, what, .. } = self.ctx.props();
        let language = *language;
        let Trials { state, runs, plan, .. } = self.trials;
        let (state, said) = match state {
            State::Unasked => ("unasked", String::new()),
            State::Loading(part) if *part < 1.0 && runs.is_empty() => {
                ("loading", coming(language, *part))
            }
            State::Waiting | State::Loading(_) | State::Running => {
                let (n, of) = (runs.len().to_string(), plan.len().max(1).to_string());
                let said = language.fill("program.trials.running", &[("n", &n), ("of", &of)]);
                ("running", said)
            }
            State::Over => ("over", self.summary(language, what)),
            State::Failed(what) => ("failed", language.fill("program.failed", &[("what", what)])),
        };
        let body = match what {
            What::AtOnce => self.places(),
            What::Orders => self.outcomes(),
            What::Sweep(_) => self.plot(),
        };
        (state, html! { <><span role="status">{said}</span>{body}</> })
    }

    /// What all have come to, in a sentence.
    fn summary(&self, language: Language, what: &What) -> String {
        match what {
            What::AtOnce if self.trials.plan.is_empty() => {
                language.text("program.trials.no_sequence")
            }
            What::AtOnce
                if !self.trials.runs.iter().any(|run| self.brings(run.as_ref()).is_some()) =>
            {
                let n = (self.trials.plan.len() - 1).to_string();
                language.fill("program.trials.none_faster", &[("n", &n)])
            }
            What::AtOnce => language.text("program.trials.judge"),
            What::Orders => {
                let (n, k) = (self.trials.runs.len().to_string(), self.grouped().len().to_string());
                language.fill("whatif.tally", &[("n", &n), ("k", &k)])
            }
            What::Sweep(_) => String::new(),
        }
    }

    /// What a run brings over that of the program as it is.
    fn brings(&self, run: Option<&Ran>) -> Option<causes::Saved> {
        let (before, after) = (self.trials.runs.first()?.as_ref()?, run?);
        (before.failure == after.failure).then(|| saved(&before.timeline, &after.timeline))?
    }

    /// The places where awaits at once bring something.
    fn places(&self) -> Html {
        let language = self.ctx.props().language;
        let places = self.trials.places.iter().flatten().zip(self.trials.runs.iter().skip(1));
        let row = |(place, run): (&super::Place, &Option<Ran>)| {
            let saved = self.brings(run.as_ref())?;
            let before = self.trials.runs.first()?.as_ref()?.timeline.end;
            let lines = match place.to == place.line {
                true => place.line.to_string(),
                false => format!("{}–{}", place.line, place.to),
            };
            let values = [
                ("lines", &*lines),
                ("before", &seconds(before)),
                ("after", &seconds(before - saved.seconds)),
                ("s", &seconds(saved.seconds)),
            ];
            let exact = saved.same_order && saved.same_numbers;
            let key = if exact { "faster" } else { "faster_reordered" };
            let said = language.fill(&format!("program.trials.{key}"), &values);
            let source = place.source.clone();
            let on_show = self.ctx.props().on_replace.reform(move |_: MouseEvent| source.clone());
            Some(html! {
                <li class="slow" data-lines={lines} data-saved={format!("{:.6}", saved.seconds)}>
                    <span>{said}</span>{" "}
                    <button type="button" class="button quiet" onclick={on_show}>{language.text("whatif.show")}</button>
                </li>
            })
        };
        html! { <ol class="found-list">{for places.filter_map(row)}</ol> }
    }

    /// A constant over its range, or two as a map.
    fn plot(&self) -> Html {
        let (trials, props) = (self.trials, self.ctx.props());
        let TrialsProps { language, what: What::Sweep(constant), others, .. } = props else {
            return Html::default();
        };
        let language = *language;
        let second = trials.second(props);
        let now = |constant: &Constant| constant.value.as_f64();
        let spot = |(trial, run): (&Trial, &Option<Ran>)| {
            let measures = run.as_ref().map(|run| Measures::of(&run.timeline));
            let number =
                measures.as_ref().map(|measures| write(language, trials.measure, measures));
            let also = second.zip(trial.second);
            let also = also.map(|(second, value)| format!(", {} = {value}", second.name));
            let (also, number) = (also.unwrap_or_default(), number.unwrap_or_else(|| "–".into()));
            Spot {
                at: trial.at,
                value: measures.map_or(f64::NAN, |measures| read(trials.measure, &measures)),
                marked: Some(trial.at) == now(constant) && trial.second == second.and_then(now),
                failed: run.as_ref().is_none_or(|run| run.failure.is_some()),
                says: format!("{} = {}{also}: {number}", constant.name, trial.at),
            }
        };
        let mut spots: Vec<Spot> = trials.plan.iter().zip(&trials.runs).map(spot).collect();
        let ends = |value: fn(&Trial) -> f64| {
            let ends = trials.plan.first().zip(trials.plan.last());
            ends.map_or((0.0, 1.0), |(first, last)| (value(first), value(last)))
        };
        let (across, down) = (ends(|trial| trial.at), ends(|trial| trial.second.unwrap_or(0.0)));
        let label = language.fill("whatif.sweep_of", &[("label", &constant.name)]);
        let on_second = self.ctx.link().callback(|event: Event| {
            let name = event.target_unchecked_into::<HtmlSelectElement>().value();
            Message::Second(Some(name).filter(|name| !name.is_empty()))
        });
        let choice = |other: &Constant| {
            let (name, chosen) = (other.name.clone(), Some(&other.name) == trials.second.as_ref());
            html! { <option value={name.clone()} selected={chosen}>{name}</option> }
        };
        let drawing = if second.is_some() {
            let row = trials.plan.iter().take_while(|trial| trial.second == Some(down.0)).count();
            let cells = (row, trials.plan.len() / row.max(1));
            let on_choose = self.ctx.link().callback(|n| Message::Choose(Some(n)));
            html! { <Map {spots} {cells} ends={[across, down]} {label} {on_choose} /> }
        } else {
            let values: Vec<f64> = trials.plan.iter().map(|trial| trial.at).collect();
            let choose = move |value| Message::Choose(values.iter().position(|at| *at == value));
            // What could not be run has no place on the line.
            spots.retain(|spot| !spot.value.is_nan());
            let on_choose = self.ctx.link().callback(choose);
            html! { <Plot {spots} ends={across} {label} {on_choose} /> }
        };
        html! {
            <div class="sweep">
                <div class="sweep-head">
                    {choose_measure(language, trials.measure, self.ctx.link().callback(Message::Measure))}
                    if !others.is_empty() {
                        <select data-second={constant.name.clone()} aria-label={language.text("whatif.second")}
                            title={language.text("whatif.second")} onchange={on_second}>
                            <option value="" selected={second.is_none()}>{"× –"}</option>
                            {for others.iter().map(choice)}
                        </select>
                    }
                </div>
                {drawing}
            </div>
        }
    }

    /// Runs that print the same: how many, the first of them, as an index, and what they print; the most first.
    fn grouped(&self) -> Vec<(usize, usize, Vec<&str>)> {
        let mut groups: Vec<(usize, usize, Vec<&str>)> = Vec::new();
        for (n, run) in self.trials.runs.iter().enumerate() {
            let Some(run) = run else { continue };
            let mut what: Vec<&str> = run.timeline.lines.iter().map(|line| &*line.text).collect();
            what.extend(run.failure.as_deref());
            match groups.iter_mut().find(|(.., other)| *other == what) {
                Some(group) => group.0 += 1,
                None => groups.push((1, n, what)),
            }
        }
        groups.sort_by_key(|(count, first, _)| (usize::MAX - count, *first));
        groups
    }

    /// The outcomes of all worlds.
    fn outcomes(&self) -> Html {
        let TrialsProps { language, world, on_world, .. } = self.ctx.props();
        let groups = self.grouped();
        let Some((.., usual)) = groups.first() else { return Html::default() };
        let row = |(count, first, what): &(usize, usize, Vec<&str>)| {
            let same = what.iter().zip(usual).take_while(|(a, b)| a == b).count();
            let from = if what == usual { 0 } else { same.min(what.len().saturating_sub(1)) };
            let mut said: Vec<&str> = what.iter().skip(from).take(LINES).copied().collect();
            if what.len() > from + LINES {
                said.push("…");
            }
            let seed = *first as u32;
            let name = if seed == 0 {
                language.text("whatif.as_written")
            } else {
                language.fill("whatif.show_seed", &[("seed", &seed.to_string())])
            };
            html! {
                <tr key={seed}>
                    <td class="much">{format!("{count} / {}", self.trials.runs.len())}</td>
                    <td class="what" title={what.join("\n")}>{said.join("\n")}</td>
                    <td><button type="button" class="button" data-seed={seed.to_string()} title={name.clone()} aria-label={name}
                        aria-pressed={(seed == *world).to_string()}
                        onclick={on_world.reform(move |_: MouseEvent| seed)}>{language.text("whatif.show")}</button></td>
                </tr>
            }
        };
        html! { <table class="outcomes"><tbody>{for groups.iter().take(LISTED).map(row)}</tbody></table> }
    }
}
