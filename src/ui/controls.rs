//! The parameters of an example, next to its chart.

use super::language::Language;
use super::texts::Reading;
use examples::{Args, Kind, Param, Refusal, Unit, Value};
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
    pub args: Args,
    /// Other values.
    pub on_change: Callback<Args>,
    /// The values to begin with, please.
    pub on_reset: Callback<()>,
}

/// A control for each parameter, and a way back to the defaults.
#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let language = props.language;
    let control = |(param, value): (&'static Param, &Value)| {
        let (args, on_change) = (props.args.clone(), props.on_change.clone());
        let on_change = Callback::from(move |text: String| {
            let mut args = args.clone();
            if args.set(param.name, &text).is_ok() {
                on_change.emit(args);
            }
        });
        let key = format!("params.{}", param.name);
        let label = props.texts.texts().and_then(|texts| texts.get(&key)).unwrap_or_default();
        html! {
            <Control key={format!("{}.{}", props.example, param.name)} {language} name={param.name}
                kind={param.kind} unit={param.unit} {label} value={value.clone()} {on_change} />
        }
    };
    html! {
        <section class="panel params" aria-label={language.text("params.heading")}>
            <div class="panel-head">
                <h2>{language.text("params.heading")}</h2>
                <button id="reset" class="button quiet" onclick={props.on_reset.reform(|_| ())}
                    disabled={props.args.iter().all(|(param, value)| param.default() == *value)}>
                    {language.text("params.reset")}
                </button>
            </div>
            <div class="panel-body">{for props.args.iter().map(control)}</div>
        </section>
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
    /// Text that the parameter's own reading accepts.
    on_change: Callback<String>,
}

#[component]
fn Control(props: &ControlProps) -> Html {
    let ControlProps { language, name, kind, unit, label, value, on_change } = props.clone();
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
        </span>
    };
    match (kind, value) {
        (Kind::Float { min, max, step, .. }, Value::Float(value)) => html! {
            <div class="param">
                {heading}
                <Number {language} {name} {label} {min} {max} {step} {value} {on_change} />
            </div>
        },
        (Kind::Int { min, max, .. }, Value::Int(value)) => html! {
            <div class="param">
                {heading}
                <Number {language} {name} {label} min={min as f64} max={max as f64} step={1.0}
                    whole={true} value={value as f64} {on_change} />
            </div>
        },
        (Kind::Bool { .. }, Value::Bool(value)) => {
            let on_change = on_change.reform(|event: Event| {
                let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
                Value::Bool(checked).python()
            });
            html! {
                <label class="param check">
                    <input type="checkbox" data-param={name} checked={value} onchange={on_change} />
                    {heading}
                </label>
            }
        }
        (Kind::Choice { options, .. }, Value::Choice(value)) => {
            let on_change = on_change
                .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
            html! {
                <label class="param">
                    {heading}
                    <select data-param={name} onchange={on_change}>
                        {for options.iter().map(|option| html! {
                            <option value={*option} selected={*option == value}>{*option}</option>
                        })}
                    </select>
                </label>
            }
        }
        (Kind::Floats { min, max, step, min_len, max_len, .. }, Value::Floats(values)) => {
            let change = |values: Vec<f64>| {
                let on_change = on_change.clone();
                Callback::from(move |_: MouseEvent| {
                    on_change.emit(Value::Floats(values.clone()).plain());
                })
            };
            let element = |(n, value): (usize, &f64)| {
                let others = values.clone();
                let on_change = on_change.reform(move |text: String| {
                    let elements = others.iter().enumerate();
                    let elements = elements
                        .map(|(m, other)| if m == n { text.clone() } else { other.to_string() });
                    elements.collect::<Vec<_>>().join(",")
                });
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
                            {on_change} />
                        <button class="button quiet icon" data-remove={n.to_string()}
                            disabled={values.len() <= min_len} onclick={change(without)}
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
        _ => Html::default(),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct NumberProps {
    language: Language,
    name: &'static str,
    #[prop_or_default]
    index: Option<usize>,
    label: String,
    min: f64,
    max: f64,
    step: f64,
    #[prop_or_default]
    whole: bool,
    value: f64,
    on_change: Callback<String>,
}

/// A slider and a field for the same number. What cannot be used stays in the field, with a word
/// about what is allowed, and changes nothing else.
#[component]
fn Number(props: &NumberProps) -> Html {
    let NumberProps { language, name, index, min, max, step, whole, value, .. } = props.clone();
    let draft = use_state(|| None::<String>);
    let refusal = draft.as_deref().and_then(|text| refuse(text, min, max, whole));
    let on_slide = {
        let (draft, on_change) = (draft.clone(), props.on_change.clone());
        Callback::from(move |event: InputEvent| {
            draft.set(None);
            on_change.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let on_type = {
        let (draft, on_change) = (draft.clone(), props.on_change.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if refuse(&text, min, max, whole).is_none() {
                on_change.emit(text.clone());
            }
            draft.set(Some(text));
        })
    };
    let on_leave = {
        let (draft, bad) = (draft.clone(), refusal.is_some());
        Callback::from(move |_: FocusEvent| {
            if !bad {
                draft.set(None);
            }
        })
    };
    // What was typed stays as it was typed, unless the value has been changed elsewhere.
    let typed = draft.as_ref().filter(|text| {
        refusal.is_some() || text.trim().parse::<f64>().is_ok_and(|typed| typed == value)
    });
    let shown = typed.cloned().unwrap_or_else(|| value.to_string());
    let index = index.map(|index| index.to_string());
    let error_id = format!("error-{name}-{}", index.as_deref().unwrap_or("0"));
    let refusal =
        refusal.filter(|_| typed.is_some()).map(|refusal| say(refusal, language, min, max));
    html! {
        <div class="number">
            <input type="range" data-param={name} data-index={index.clone()}
                min={min.to_string()} max={max.to_string()} step={step.to_string()}
                value={value.to_string()} oninput={on_slide} aria-label={props.label.clone()} />
            <input type="number" data-param={name} data-index={index} inputmode="decimal"
                min={min.to_string()} max={max.to_string()} step={if whole { "1" } else { "any" }}
                value={shown} oninput={on_type} onblur={on_leave} aria-label={props.label.clone()}
                aria-invalid={refusal.is_some().to_string()}
                aria-describedby={refusal.is_some().then(|| error_id.clone())} />
            if let Some(refusal) = refusal {
                <p class="field-error" id={error_id} role="alert">{refusal}</p>
            }
        </div>
    }
}

/// Why a text is no value for a field.
fn refuse(text: &str, min: f64, max: f64, whole: bool) -> Option<Refusal> {
    let kind = if whole {
        Kind::Int { default: 0, min: min as i64, max: max as i64 }
    } else {
        Kind::Float { default: min, min, max, step: 1.0 }
    };
    Param { name: "", kind, unit: Unit::None }.parse(text).err()
}

fn say(refusal: Refusal, language: Language, min: f64, max: f64) -> String {
    let key = match refusal {
        Refusal::NotANumber => "refusal.not_a_number",
        Refusal::NotWhole => "refusal.not_whole",
        Refusal::OutOfRange { .. } => "refusal.out_of_range",
        _ => "refusal.other",
    };
    language.fill(key, &[("min", &min.to_string()), ("max", &max.to_string())])
}
