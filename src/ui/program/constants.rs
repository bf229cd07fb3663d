//! The constants of a program as parameters: whatever is turned here changes the text.

use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use serde::Deserialize;
use serde_json::Value as Json;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A constant at the top of a program, as `engine/page.py` finds it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Constant {
    /// Its name.
    pub name: String,
    /// A number or a truth value.
    pub value: Json,
    /// The line of its value, from 1.
    pub line: usize,
    /// The columns of its value, from 0, in characters.
    pub column: usize,
    /// The column after it.
    pub end: usize,
    /// The least that it may be.
    #[serde(default)]
    pub min: f64,
    /// The most.
    #[serde(default)]
    pub max: f64,
    /// How far apart its values are.
    #[serde(default)]
    pub step: f64,
    /// Whether it is a whole number.
    #[serde(default)]
    pub whole: bool,
}

impl Constant {
    /// A number as Python writes it.
    fn written(&self, value: f64) -> String {
        if self.whole {
            return format!("{value:.0}");
        }
        let step = if self.step > 0.0 { self.step } else { 0.01 };
        // As many digits as the step has.
        let digits = (0..9).find(|n| {
            let scaled = step * 10_f64.powi(*n);
            (scaled - scaled.round()).abs() < 1e-9
        });
        let text = format!("{value:.*}", digits.unwrap_or(9).max(1) as usize);
        let short = text.trim_end_matches('0');
        if short.ends_with('.') { format!("{short}0") } else { short.to_owned() }
    }

    /// The program with another value for this constant, where it still stands at its place; and the constant as
    /// it stands then.
    pub fn set(&self, program: &str, value: &str) -> Option<(String, Constant)> {
        let mut lines: Vec<String> = program.split('\n').map(str::to_owned).collect();
        let line = lines.get_mut(self.line.checked_sub(1)?)?;
        if !line.starts_with(&self.name) {
            return None;
        }
        let characters: Vec<char> = line.chars().collect();
        let (before, rest) = (characters.get(..self.column)?, characters.get(self.end..)?);
        *line = before.iter().collect::<String>() + value + &rest.iter().collect::<String>();
        let json = match value {
            "True" => Json::Bool(true),
            "False" => Json::Bool(false),
            number => serde_json::from_str(number).ok()?,
        };
        let end = self.column + value.chars().count();
        Some((lines.join("\n"), Constant { value: json, end, ..self.clone() }))
    }
}

/// What is shown of them.
#[derive(Clone, PartialEq, Properties)]
pub struct ConstantsProps {
    /// The language.
    pub language: Language,
    /// The constants.
    pub constants: Shared<Vec<Constant>>,
    /// Another value, as Python writes it, for one of them by its place.
    pub on_set: Callback<(usize, String)>,
}

/// A control for each constant.
#[component]
pub fn Constants(props: &ConstantsProps) -> Html {
    let ConstantsProps { language, constants, on_set } = props;
    let control = |(n, constant): (usize, &Constant)| {
        let name = constant.name.clone();
        if let Json::Bool(value) = constant.value {
            let on_change = on_set.reform(move |event: Event| {
                let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
                (n, if checked { "True" } else { "False" }.to_owned())
            });
            return html! {
                <label class="param check" key={name.clone()}>
                    <input type="checkbox" data-constant={name.clone()} checked={value} onchange={on_change} />
                    <span class="name"><code>{name}</code></span>
                </label>
            };
        }
        let value = constant.value.as_f64().unwrap_or_default();
        let on_input = {
            let constant = constant.clone();
            let on_set = on_set.clone();
            Callback::from(move |event: InputEvent| {
                let text = event.target_unchecked_into::<HtmlInputElement>().value();
                if let Ok(value) = text.parse::<f64>() {
                    on_set.emit((n, constant.written(value)));
                }
            })
        };
        let field = |kind: &'static str| {
            let (min, max) = (constant.min.min(value), constant.max.max(value));
            html! {
                <input type={kind} data-constant={name.clone()} aria-label={name.clone()} min={min.to_string()}
                    max={max.to_string()} step={constant.step.to_string()} value={value.to_string()}
                    oninput={on_input.clone()} />
            }
        };
        html! {
            <div class="param" key={name.clone()}>
                <span class="name"><code>{name.clone()}</code></span>
                <div class="number">{field("range")}{field("number")}</div>
            </div>
        }
    };
    html! {
        <section class="panel params" aria-label={language.text("params.heading")}>
            <div class="panel-head"><h2>{language.text("params.heading")}</h2></div>
            <div class="panel-body">
                {for constants.iter().enumerate().map(control)}
                <p class="hint">{language.text("program.constants")}</p>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constant() -> Constant {
        Constant {
            name: "DELAY".into(),
            value: 0.5.into(),
            line: 2,
            column: 8,
            end: 11,
            min: 0.0,
            max: 5.0,
            step: 0.1,
            whole: false,
        }
    }

    #[test]
    fn a_value_is_put_into_the_text() {
        let (text, now) = constant().set("a\nDELAY = 0.5  # s\nb\n", "0.75").expect("it is there");
        assert_eq!(text, "a\nDELAY = 0.75  # s\nb\n");
        assert_eq!((now.end, now.value.as_f64()), (12, Some(0.75)));
        assert!(constant().set("DELAY = 0.5\nother\n", "1.0").is_none(), "it stands elsewhere");
    }

    #[test]
    fn numbers_are_written_as_python_has_them() {
        assert_eq!(constant().written(0.30000000000000004), "0.3");
        assert_eq!(constant().written(2.0), "2.0");
        assert_eq!(Constant { whole: true, ..constant() }.written(7.0), "7");
        assert_eq!(Constant { step: 0.25, ..constant() }.written(0.75), "0.75");
    }
}
