//! The parameters of an example, next to its chart.

use super::number::{Number, focus_number};
use super::places::places;
use crate::parts::{self, Part};
use crate::ui::course::Reading;
use crate::ui::nothing;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use crate::ui::whatif::{SweepPanel, say_world};
use asyncio::World;
use examples::{Args, Kind, Param, Places, Unit, Value};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the controls show.
#[derive(Clone, PartialEq, Properties)]
pub struct ControlsProps {
    /// The language.
    pub language: Language,
    /// The example.
    pub example: &'static str,
    /// Its texts, for the labels.
    pub texts: Reading,
    /// The values.
    pub args: Shared<Args>,
    /// Another value.
    pub on_edit: Callback<Edit>,
    /// The values to begin with, please.
    pub on_reset: Callback<()>,
    /// Other orders, please.
    pub on_orders: Callback<()>,
    /// Another world, or none.
    pub on_world: Callback<Option<World>>,
}

/// A control for each parameter, and a way back to the defaults.
#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let language = props.language;
    // The parameter whose range is shown as a plot.
    let swept = use_state_eq(|| None::<&'static str>);
    let on_sweep = {
        let swept = swept.clone();
        use_callback(*swept, move |name: &'static str, open: &Option<&'static str>| {
            let (swept, name) = (swept.clone(), (*open != Some(name)).then_some(name));
            parts::with(Part::Tools, move || swept.set(name));
        })
    };
    let example = examples::find(props.example);
    let control = |(param, value): (&'static Param, &Value)| {
        let key = format!("params.{}", param.name);
        let label = props.texts.texts().and_then(|texts| texts.get(&key)).unwrap_or_default();
        // It names fields, too, where nothing can be set as code.
        let label = label.replace('`', "");
        let key = format!("{}.{}", props.example, param.name);
        let exercise = example.and_then(|example| example.exercise);
        let at = exercise.and_then(|it| it.places.iter().find(|at| at.param == param.name));
        let plotted = example.filter(|_| *swept == Some(param.name));
        html! {
            <>
                <Control {key} {language} name={param.name} kind={param.kind} unit={param.unit}
                    label={label.clone()} value={value.clone()} on_edit={&props.on_edit} {at}
                    swept={plotted.is_some()} on_sweep={&on_sweep} />
                if at.is_some() {
                } else if let Some(example) = plotted {
                    <SweepPanel key={format!("sweep.{}", param.name)} {language} {example} args={props.args.clone()}
                        name={param.name} {label} on_edit={&props.on_edit} />
                }
            </>
        }
    };
    html! {
        <section class="panel params" aria-label={language.text("params.heading")}>
            <div class="panel-head">
                <h2>{language.text("params.heading")}</h2>
                <button id="orders" class="button quiet" onclick={props.on_orders.reform(|_| ())}
                    title={language.text("whatif.orders_note")}>{language.text("whatif.orders")}</button>
                <button id="reset" class="button quiet" onclick={props.on_reset.reform(|_| ())}
                    disabled={props.args.world().is_none() && props.args.iter().all(|(param, value)| param.default() == *value)}>
                    {language.text("params.reset")}
                </button>
            </div>
            if let Some(world) = props.args.world() {
                <p class="world" role="status">
                    {say_world(language, world)}
                    <button id="no-world" class="button quiet" onclick={props.on_world.reform(|_| None)}>
                        {language.text("whatif.as_written")}
                    </button>
                </p>
            }
            <div class="panel-body">{for props.args.iter().map(control)}</div>
        </section>
    }
}

/// Another value of a parameter, as text that the parameter's own reading accepts.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The parameter.
    pub name: &'static str,
    /// Of which element of a list alone it is the value.
    pub index: Option<usize>,
    /// The value.
    pub text: String,
}

impl Edit {
    /// Makes it one of the values; says whether it can be.
    pub fn apply(&self, args: &mut Args) -> bool {
        let Some(index) = self.index else { return args.set(self.name, &self.text).is_ok() };
        let list = args.iter().find_map(|(param, value)| match value {
            Value::Floats(values) if param.name == self.name => Some(values),
            _ => None,
        });
        let elements = list
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(n, value)| if n == index { self.text.clone() } else { value.to_string() });
        let text = elements.collect::<Vec<_>>().join(",");
        args.set(self.name, &text).is_ok()
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ControlProps {
    language: Language,
    name: &'static str,
    kind: Kind,
    unit: Unit,
    label: String,
    value: Value,
    on_edit: Callback<Edit>,
    /// Where a line of the program stands by it.
    at: Option<&'static Places>,
    /// Whether its range is shown as a plot.
    swept: bool,
    on_sweep: Callback<&'static str>,
}

#[component]
fn Control(props: &ControlProps) -> Html {
    let ControlProps { language, name, kind, unit, label, value, on_edit, at, swept, on_sweep } =
        props.clone();
    let whole = move |text: String| Edit { name, index: None, text };
    let unit = match unit {
        Unit::Seconds => Some("params.seconds"),
        Unit::PerSecond => Some("params.per_second"),
        Unit::BytesPerSecond => Some("params.bytes_per_second"),
        Unit::Count | Unit::Probability | Unit::None => None,
    };
    let unit = unit.map(|key| language.text(key));
    let heading = html! {
        <span class="name">
            {label.clone()}{" "}<code>{name}</code>
            if let Some(unit) = unit { {" "}<span class="unit">{unit}</span> }
            if matches!(kind, Kind::Float { .. } | Kind::Int { .. } | Kind::Floats { .. }) {
                <button type="button" class="button quiet sweep-toggle" data-sweep={name}
                    aria-expanded={swept.to_string()} onclick={on_sweep.reform(move |_: MouseEvent| name)}
                    title={language.fill("whatif.sweep_of", &[("label", &label)])}
                    aria-label={language.fill("whatif.sweep_of", &[("label", &label)])}>{"∿"}</button>
            }
        </span>
    };
    match (kind, value) {
        (Kind::Float { min, max, step, .. }, Value::Float(value)) => html! {
            <div class="param">
                {heading}
                <Number {language} {name} {label} {min} {max} {step} {value} {on_edit} />
            </div>
        },
        (Kind::Int { min, max, .. }, Value::Int(value)) => html! {
            <div class="param">
                {heading}
                <Number {language} {name} {label} min={min as f64} max={max as f64} step={1.0}
                    whole={true} value={value as f64} {on_edit} />
            </div>
        },
        (Kind::Bool { .. }, Value::Bool(value)) => {
            let on_change = on_edit.reform(move |event: Event| {
                let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
                whole(Value::Bool(checked).python())
            });
            html! {
                <label class="param check">
                    <input type="checkbox" data-param={name} checked={value} onchange={on_change} />
                    {heading}
                </label>
            }
        }
        (Kind::Choice { options, .. }, Value::Choice(value)) => {
            let on_change = on_edit.reform(move |event: Event| {
                whole(event.target_unchecked_into::<HtmlSelectElement>().value())
            });
            let menu = html! {
                <select data-param={name} onchange={on_change} aria-label={at.map(|_| label.clone())}>
                    {for options.iter().map(|option| html! {
                        <option value={*option} selected={*option == value}>{*option}</option>
                    })}
                </select>
            };
            let Some(at) = at else {
                return html! { <label class="param">{heading}{menu}</label> };
            };
            html! {
                <>
                <div class="param">
                    {heading}
                    {menu}
                    <button type="button" class="button quiet place-toggle" data-places={name}
                        title={language.text("exercise.put")} aria-expanded={swept.to_string()} onclick={on_sweep.reform(move |_: MouseEvent| name)}>
                        {language.text("exercise.in_program")}
                    </button>
                </div>
                if swept { {places(language, at, (&label, value, options), &on_edit)} }
                </>
            }
        }
        (Kind::Floats { min, max, step, min_len, max_len, .. }, Value::Floats(values)) => {
            let on_edit_removed = on_edit.clone();
            // What is removed takes the focus with it: it goes to the element before.
            let removed = move |values: Vec<f64>, n: usize| {
                on_edit_removed.reform(move |_: MouseEvent| {
                    focus_number(name, Some(n.saturating_sub(1)));
                    whole(Value::Floats(values.clone()).plain())
                })
            };
            let change = |values: Vec<f64>| {
                on_edit.reform(move |_: MouseEvent| whole(Value::Floats(values.clone()).plain()))
            };
            let element = |(n, value): (usize, &f64)| {
                let without: Vec<f64> = {
                    let mut values = values.clone();
                    values.remove(n);
                    values
                };
                let number = (n + 1).to_string();
                let label = language.fill("params.element", &[("label", &label), ("n", &number)]);
                html! {
                    <li key={n}>
                        <Number {language} {name} index={n} {label} {min} {max} {step} value={*value}
                            on_edit={&on_edit} />
                        <button class="button quiet icon" data-remove={n.to_string()}
                            disabled={values.len() <= min_len} onclick={removed(without, n)}
                            aria-label={language.fill("params.remove", &[("n", &number)])}>{"×"}</button>
                    </li>
                }
            };
            let longer: Vec<f64> = {
                let mut values = values.clone();
                values.push(values.last().copied().unwrap_or(min.max(step)));
                values
            };
            html! {
                <div class="param">
                    {heading}
                    <ol>{for values.iter().enumerate().map(element)}</ol>
                    <button class="button quiet add" data-add={name} disabled={values.len() >= max_len}
                        onclick={change(longer)}>{"+ "}{language.text("params.add")}</button>
                </div>
            }
        }
        _ => nothing(),
    }
}
