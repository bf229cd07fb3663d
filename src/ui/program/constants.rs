//! The constants of a program as parameters: whatever is turned here changes the text.

use super::trials::{Trials, What};
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use serde::Deserialize;
use serde_json::Value as Json;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A constant at the top of a program, as `engine/page.py` finds it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Constant {
    /// Its name.
    pub name: String,
    /// A number, a truth value, or a list of numbers.
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
    /// What stands around a list: `[]`, or `()` for a tuple.
    pub brackets: Option<Box<str>>,
}

impl Constant {
    /// A number as Python writes it.
    pub fn written(&self, value: f64) -> String {
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

    /// Values over its range, at most so many, on its grid; none for what is no number.
    pub fn over_range(&self, most: usize) -> Vec<f64> {
        if !self.value.is_number() || self.max <= self.min {
            return Vec::new();
        }
        let step = if self.step > 0.0 { self.step } else { (self.max - self.min) / 100.0 };
        let steps = ((self.max - self.min) / step).round().max(1.0);
        let count = (steps as usize + 1).min(most);
        let place = |n: usize| (n as f64 * steps / (count - 1).max(1) as f64).round();
        let value = |n| ((self.min + place(n) * step) * 1e9).round() / 1e9;
        (0..count).map(value).collect()
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
            list if self.brackets.is_some() => numbers(list)?,
            number => serde_json::from_str(number).ok()?,
        };
        let end = self.column + value.chars().count();
        Some((lines.join("\n"), Constant { value: json, end, ..self.clone() }))
    }
}

/// The numbers of a list as Python writes it, if it has any.
fn numbers(list: &str) -> Option<Json> {
    let inside = list.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    let parts = inside.trim().trim_end_matches(',').split(',');
    let numbers = parts.map(|part| serde_json::from_str(part.trim()).ok().filter(Json::is_number));
    numbers.collect::<Option<Vec<_>>>().map(Json::Array)
}

/// A list of numbers without what stands around it.
fn listed(value: &[Json]) -> String {
    value.iter().map(Json::to_string).collect::<Vec<_>>().join(", ")
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
    /// The program.
    pub source: Rc<str>,
    /// The engine was lent, and comes back.
    pub on_back: Callback<()>,
    /// The reader wants this program.
    pub on_replace: Callback<String>,
    /// What stands below them.
    pub children: Html,
}

/// A control for each constant.
#[component]
pub fn Constants(props: &ConstantsProps) -> Html {
    let ConstantsProps { language, constants, on_set, source, on_back, on_replace, children } =
        props;
    let others = |n: usize| -> Vec<Constant> {
        let others = constants
            .iter()
            .enumerate()
            .filter(|(other, constant)| *other != n && !constant.over_range(1).is_empty());
        others.map(|(_, constant)| constant.clone()).collect()
    };
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
        if let (Json::Array(value), Some(brackets)) = (&constant.value, &constant.brackets) {
            let brackets = brackets.clone();
            let on_set = on_set.clone();
            let on_change = Callback::from(move |event: Event| {
                let text = event.target_unchecked_into::<HtmlInputElement>().value();
                let Some(Json::Array(value)) = numbers(&text) else { return };
                // A tuple of one has its comma.
                let comma = if &*brackets == "()" && value.len() == 1 { "," } else { "" };
                on_set.emit((
                    n,
                    format!("{}{}{comma}{}", &brackets[..1], listed(&value), &brackets[1..]),
                ));
            });
            return html! {
                <label class="param" key={name.clone()}>
                    <span class="name"><code>{name.clone()}</code></span>
                    <input type="text" data-constant={name} value={listed(value)} onchange={on_change} />
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
                <Trials language={*language} what={What::Sweep(constant.clone())} others={others(n)} source={source.clone()} {on_back} {on_replace} />
            </div>
        }
    };
    html! {
        <section class="panel params" aria-label={language.text("params.heading")}>
            <div class="panel-head"><h2>{language.text("params.heading")}</h2></div>
            <div class="panel-body">
                {for constants.iter().enumerate().map(control)}
                <p class="hint">{language.text("program.constants")}</p>
                {children.clone()}
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
            brackets: None,
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
    fn values_over_a_range_are_on_its_grid() {
        assert_eq!(
            Constant { max: 1.0, step: 0.25, ..constant() }.over_range(13),
            [0.0, 0.25, 0.5, 0.75, 1.0]
        );
        let many = Constant { min: 1.0, max: 101.0, step: 1.0, ..constant() }.over_range(11);
        assert_eq!((many.len(), many[1], many[10]), (11, 11.0, 101.0));
        assert!(Constant { value: true.into(), ..constant() }.over_range(13).is_empty());
    }

    #[test]
    fn numbers_are_written_as_python_has_them() {
        assert_eq!(constant().written(0.30000000000000004), "0.3");
        assert_eq!(constant().written(2.0), "2.0");
        assert_eq!(Constant { whole: true, ..constant() }.written(7.0), "7");
        assert_eq!(Constant { step: 0.25, ..constant() }.written(0.75), "0.75");
    }

    #[test]
    fn a_list_is_written_back_as_it_stood() {
        let list = Constant {
            name: "DELAYS".into(),
            value: serde_json::json!([1, 0.5]),
            line: 1,
            column: 9,
            end: 17,
            brackets: Some("()".into()),
            ..constant()
        };
        let (text, after) = list.set("DELAYS = (1, 0.5)  # s", "(2,)").expect("numbers");
        assert_eq!(text, "DELAYS = (2,)  # s");
        assert_eq!((after.value, after.end), (serde_json::json!([2]), 13));
        assert!(list.set("DELAYS = (1, 0.5)", "(2, x)").is_none());
        assert_eq!(listed(&[1.into(), 0.5.into()]), "1, 0.5");
    }
}
