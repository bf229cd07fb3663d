//! A parameter over its range, as a small plot; with a second one, as a map.

use super::map::Map;
use super::plot::{Plot, Spot};
use crate::ui::nothing;
use crate::ui::panels::{Edit, seconds};
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use examples::{Args, Example, Param, Value};
use gloo_timers::callback::Timeout;
use run::{Measures, Point, Sweep, Which};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// How long the values must have stood still before the runs begin, in milliseconds.
const SETTLED: u32 = 200;

/// How long runs may take at a time before the page has its turn, in milliseconds.
const SLICE: f64 = 6.0;

/// What can be seen over the range: its key among the words.
const MEASURES: [&str; 4] = ["makespan", "throughput", "peak", "longest_wait"];

/// What is swept.
#[derive(Clone, PartialEq, Properties)]
pub struct SweepPanelProps {
    /// The language.
    pub language: Language,
    /// The example.
    pub example: &'static Example,
    /// The values.
    pub args: Shared<Args>,
    /// The parameter.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
    /// Another value.
    pub on_edit: Callback<Edit>,
}

/// The plot, which fills while the page stays free.
pub struct SweepPanel {
    sweep: Option<Sweep>,
    measure: usize,
    /// Which element of a list is swept.
    element: usize,
    /// The second parameter, if there is one.
    second: Option<Which>,
    /// The runs that are due.
    next: Option<Timeout>,
}

/// What may happen.
pub enum Message {
    /// It is time for more runs.
    Run,
    /// Another measure.
    Measure(usize),
    /// Another element of a list.
    Element(usize),
    /// Another second parameter, or none.
    Second(Option<Which>),
}

impl Component for SweepPanel {
    type Message = Message;
    type Properties = SweepPanelProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut panel =
            SweepPanel { sweep: None, measure: 0, element: 0, second: None, next: None };
        panel.begin(ctx, 0);
        panel
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &SweepPanelProps) -> bool {
        let props = ctx.props();
        let elements = elements(&props.args, props.name).unwrap_or(1);
        self.element = self.element.min(elements.saturating_sub(1));
        // An element that has been taken away is swept no more.
        self.second = self.second.filter(|which| choices(props, self.element).contains(which));
        let swept = self.swept(props);
        if others(props, &swept) != others(old, &swept) {
            self.begin(ctx, SETTLED);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Measure(measure) => self.measure = measure,
            Message::Element(element) => {
                self.element = element;
                self.second =
                    self.second.filter(|which| choices(ctx.props(), element).contains(which));
                self.begin(ctx, 0);
            }
            Message::Second(second) => {
                self.second = second;
                self.begin(ctx, 0);
            }
            Message::Run => {
                let Some(sweep) = &mut self.sweep else { return false };
                let begun = js_sys::Date::now();
                let mut more = true;
                while more && js_sys::Date::now() - begun < SLICE {
                    more = sweep.step(crate::BUDGET);
                }
                self.next = more.then(|| run_in(ctx, 0));
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let SweepPanelProps { language, args, name, label, on_edit, .. } = ctx.props();
        let (language, name) = (*language, *name);
        let elements = elements(args, name);
        let index = elements.map(|_| self.element);
        let now = run::value_of(args, name, index);
        let Some(sweep) = &self.sweep else { return nothing() };
        let on_element = ctx.link().callback(|event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            Message::Element(value.parse().unwrap_or(0))
        });
        let element = |n: usize| {
            html! { <option value={n.to_string()} selected={n == self.element}>{n + 1}</option> }
        };
        let second = self.second;
        let load = {
            let on_edit = on_edit.clone();
            Callback::from(move |(value, other): (f64, Option<f64>)| {
                // Both come before the next picture, so there is one run.
                if let (Some((name, index)), Some(other)) = (second, other) {
                    on_edit.emit(Edit { name, index, text: other.to_string() });
                }
                on_edit.emit(Edit { name, index, text: value.to_string() });
            })
        };
        let other = second.and_then(|(name, index)| run::value_of(args, name, index));
        let spot = |point: &Point| Spot {
            at: point.value,
            value: read(self.measure, &point.measures),
            marked: Some(point.value) == now && point.second == other,
            failed: point.failed,
            says: format!(
                "{name} = {}: {}",
                self.place(point),
                write(language, self.measure, &point.measures)
            ),
        };
        let choose = |which: &Which| {
            let (key, chosen) = (called(*which), Some(*which) == second);
            html! { <option value={key.clone()} selected={chosen}>{key}</option> }
        };
        let choices = choices(ctx.props(), self.element);
        let on_second = {
            let choices = choices.clone();
            ctx.link().callback(move |event: Event| {
                let value = event.target_unchecked_into::<HtmlSelectElement>().value();
                Message::Second(choices.iter().copied().find(|which| called(*which) == value))
            })
        };
        let spots: Vec<Spot> = sweep.points().iter().map(spot).collect();
        let said = language.fill("whatif.sweep_of", &[("label", label)]);
        html! {
            <div class="sweep" data-sweep-of={name} aria-busy={self.next.is_some().to_string()}>
                <div class="sweep-head">
                    {choose_measure(language, self.measure, ctx.link().callback(Message::Measure))}
                    if let Some(elements) = elements {
                        <select aria-label={language.text("whatif.element")} onchange={on_element}>
                            {for (0..elements).map(element)}
                        </select>
                    }
                    if !choices.is_empty() {
                        <select id="sweep-second" aria-label={language.text("whatif.second")}
                            title={language.text("whatif.second")} onchange={on_second}>
                            <option value="" selected={second.is_none()}>{"× –"}</option>
                            {for choices.iter().map(choose)}
                        </select>
                    }
                    {self.best(language, name, &load)}
                </div>
                if second.is_some() {
                    {self.map(sweep, spots, said, &load)}
                } else {
                    <Plot {spots} ends={sweep.range()} label={said} on_choose={load.reform(|value| (value, None))} />
                }
            </div>
        }
    }
}

/// How many elements a parameter has that is a list.
fn elements(args: &Args, name: &str) -> Option<usize> {
    match args.get(name)? {
        Value::Floats(values) => Some(values.len()),
        _ => None,
    }
}

/// What can be the second parameter: every other number, and every other element of a list.
fn choices(props: &SweepPanelProps, element: usize) -> Vec<Which> {
    let of = |(param, value): (&'static Param, &Value)| -> Vec<Which> {
        match value {
            Value::Float(_) | Value::Int(_) if param.name != props.name => vec![(param.name, None)],
            Value::Floats(values) => {
                let others =
                    (0..values.len()).filter(|n| param.name != props.name || *n != element);
                others.map(|n| (param.name, Some(n))).collect()
            }
            _ => Vec::new(),
        }
    };
    props.args.iter().flat_map(of).collect()
}

/// A parameter or an element of it, as a program names it.
fn called((name, index): Which) -> String {
    index.map_or_else(|| name.to_owned(), |index| format!("{name}[{index}]"))
}

/// The values of all parameters that are not swept, and of all other elements of lists.
fn others(props: &SweepPanelProps, swept: &[Which]) -> Vec<String> {
    let text = |(param, value): (&Param, &Value)| {
        let text = value.plain();
        let swept: Vec<_> = swept.iter().filter(|(name, _)| *name == param.name).collect();
        if swept.is_empty() {
            return text;
        }
        let part = |(n, part): (usize, &str)| {
            let left_out = swept.iter().any(|(_, index)| index.is_none_or(|index| index == n));
            if left_out { String::new() } else { part.to_owned() }
        };
        text.split(',').enumerate().map(part).collect::<Vec<_>>().join(",")
    };
    props.args.iter().map(text).collect()
}

/// Where the reader chooses a measure.
pub fn choose_measure(language: Language, chosen: usize, on_choose: Callback<usize>) -> Html {
    let option = |(n, key): (usize, &&str)| {
        let text = language.text(&format!("whatif.measure.{key}"));
        html! { <option value={n.to_string()} selected={n == chosen}>{text}</option> }
    };
    let on_change = move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        on_choose.emit(value.parse().unwrap_or(0));
    };
    html! {
        <select aria-label={language.text("whatif.measures")} onchange={on_change}>
            {for MEASURES.iter().enumerate().map(option)}
        </select>
    }
}

/// The number that is shown of a run, by the place of the measure.
pub fn read(measure: usize, measures: &Measures) -> f64 {
    match measure {
        0 => measures.makespan,
        1 => measures.throughput,
        2 => measures.peak as f64,
        _ => measures.longest_wait,
    }
}

/// The same in words.
pub fn write(language: Language, measure: usize, measures: &Measures) -> String {
    let (number, unit) = (read(measure, measures), language.text("params.seconds"));
    match measure {
        1 => format!("{number:.2} {}", language.text("params.per_second")),
        2 => format!("{number:.0}"),
        _ => format!("{} {unit}", seconds(number)),
    }
}

fn run_in(ctx: &Context<SweepPanel>, milliseconds: u32) -> Timeout {
    let link = ctx.link().clone();
    Timeout::new(milliseconds, move || link.send_message(Message::Run))
}

impl SweepPanel {
    fn begin(&mut self, ctx: &Context<Self>, milliseconds: u32) {
        let props = ctx.props();
        let index = elements(&props.args, props.name).map(|_| self.element);
        self.sweep = match self.second {
            Some(second) => Sweep::of_two(props.example, &props.args, (props.name, index), second),
            None => Sweep::new(props.example, &props.args, props.name, index),
        };
        self.next = Some(run_in(ctx, milliseconds));
    }

    /// What is swept.
    fn swept(&self, props: &SweepPanelProps) -> Vec<Which> {
        let index = elements(&props.args, props.name).map(|_| self.element);
        [Some((props.name, index)), self.second].into_iter().flatten().collect()
    }

    /// Where a point is: the value, and that of the second parameter with its name.
    fn place(&self, point: &Point) -> String {
        match self.second.zip(point.second) {
            Some((which, second)) => format!("{}, {} = {second}", point.value, called(which)),
            None => point.value.to_string(),
        }
    }

    /// The map of two parameters.
    fn map(
        &self,
        sweep: &Sweep,
        spots: Vec<Spot>,
        label: String,
        load: &Callback<(f64, Option<f64>)>,
    ) -> Html {
        let (across, down) = sweep.values();
        let ends = [across, down].map(|values| {
            let ends = values.first().zip(values.last());
            ends.map_or((0.0, 0.0), |(first, last)| (*first, *last))
        });
        let places: Vec<_> =
            sweep.points().iter().map(|point| (point.value, point.second)).collect();
        let load = load.clone();
        let on_choose = Callback::from(move |n: usize| {
            places.get(n).into_iter().for_each(|place| load.emit(*place));
        });
        html! { <Map {spots} cells={(across.len(), down.len())} {ends} {label} {on_choose} /> }
    }

    /// Buttons that load the value with the least, and that with the most: the first of several.
    fn best(
        &self,
        language: Language,
        name: &'static str,
        load: &Callback<(f64, Option<f64>)>,
    ) -> Html {
        let points = self.sweep.as_ref().map_or(&[][..], Sweep::points);
        let points = || points.iter().filter(|point| !point.failed);
        let least = points().min_by(|a, b| self.compare(a, b));
        // Of equal ones the last is the greatest.
        let most = points().rev().max_by(|a, b| self.compare(a, b));
        let button = |(key, point): (&str, Option<&Point>)| {
            let point = point?;
            let (place, number) =
                ((point.value, point.second), write(language, self.measure, &point.measures));
            let at = self.place(point);
            let values = [("number", &*number), ("name", name), ("value", &*at)];
            Some(html! {
                <button type="button" class="button quiet" data-best={key.to_owned()}
                    onclick={load.reform(move |_: MouseEvent| place)}>
                    {language.fill(&format!("whatif.{key}"), &values)}
                </button>
            })
        };
        [("least", least), ("most", most)].into_iter().filter_map(button).collect()
    }

    fn compare(&self, a: &Point, b: &Point) -> std::cmp::Ordering {
        read(self.measure, &a.measures).total_cmp(&read(self.measure, &b.measures))
    }
}
