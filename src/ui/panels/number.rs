//! A number: a slider and a field.

use super::controls::Edit;
use crate::ui::shell::{Language, window};
use examples::{Kind, Param, Refusal, Unit};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// What a number is.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct NumberProps {
    /// The language of the page.
    pub language: Language,
    /// The parameter.
    pub name: &'static str,
    /// Which element of the parameter's list, if it is a list.
    #[prop_or_default]
    pub index: Option<usize>,
    /// What it is called.
    pub label: String,
    /// The least that it may be.
    pub min: f64,
    /// The most that it may be.
    pub max: f64,
    /// What the slider moves by.
    pub step: f64,
    /// Whether it has no fraction.
    #[prop_or_default]
    pub whole: bool,
    /// What it is.
    pub value: f64,
    /// Another number.
    pub on_edit: Callback<Edit>,
}

/// Moves the focus to the field of a parameter, or of an element of its list.
pub fn focus_number(name: &str, index: Option<usize>) {
    let index = index.map_or_else(String::new, |index| format!("[data-index='{index}']"));
    let selector = format!("input[type=number][data-param='{name}']{index}");
    let document = window().and_then(|window| window.document());
    let field = document.and_then(|document| document.query_selector(&selector).ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // A field that cannot take the focus leaves it where it is.
        let _ = field.focus();
    }
}

/// A slider and a field for the same number. What cannot be used stays in the field, with a word
/// about what is allowed, and changes nothing else.
#[component]
pub(super) fn Number(props: &NumberProps) -> Html {
    let NumberProps { language, name, index, min, max, step, whole, value, .. } = props.clone();
    let draft = use_state(|| None::<String>);
    let refusal = draft.as_deref().and_then(|text| refuse(text, min, max, whole));
    let on_slide = {
        let (draft, on_edit) = (draft.clone(), props.on_edit.clone());
        Callback::from(move |event: InputEvent| {
            // Only what was typed before is worth another rendering.
            if draft.is_some() {
                draft.set(None);
            }
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            on_edit.emit(Edit { name, index, text });
        })
    };
    let on_type = {
        let (draft, on_edit) = (draft.clone(), props.on_edit.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if refuse(&text, min, max, whole).is_none() {
                on_edit.emit(Edit { name, index, text: text.clone() });
            }
            draft.set(Some(text));
        })
    };
    let on_leave = {
        let (draft, bad) = (draft.clone(), refusal.is_some());
        Callback::from(move |_: FocusEvent| {
            if !bad && draft.is_some() {
                draft.set(None);
            }
        })
    };
    // What is being typed stays as it is: the value comes with the run, which may be behind.
    let shown = draft.as_ref().map_or_else(|| value.to_string(), String::clone);
    let index = index.map(|index| index.to_string());
    let error_id = format!("error-{name}-{}", index.as_deref().unwrap_or("0"));
    let refusal = refusal.map(|refusal| say(refusal, language, min, max));
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
