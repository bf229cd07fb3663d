//! The fields that an example's parameters are edited in.

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::page::Page;

/// The kinds of field.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A number typed in.
    Number,
    /// A slider.
    Range,
    /// A list to choose from.
    Select,
    /// A box to tick.
    Checkbox,
}

/// One field, as it was when the page was asked for it.
#[derive(Clone, Debug, Deserialize)]
pub struct Field {
    /// Finds this field and no other.
    pub selector: String,
    /// What it is edited as.
    pub kind: Kind,
    /// Its value.
    pub value: String,
    /// The least number it takes, if it says so.
    pub min: Option<f64>,
    /// The greatest number it takes, if it says so.
    pub max: Option<f64>,
    /// What its numbers are multiples of, if it says so.
    pub step: Option<f64>,
    /// What can be chosen, in a list.
    pub options: Vec<String>,
}

impl Field {
    /// The fields of the current example.
    pub async fn all(page: &Page) -> Result<Vec<Self>> {
        page.script(
            r#"
            const number = text => text === '' || isNaN(text) ? null : Number(text);
            return [...document.querySelectorAll('[data-param]')]
                .filter(field => field.matches('input, select'))
                .map(field => {
                    const kind = field.tagName === 'SELECT' ? 'select' : field.type;
                    const index = 'index' in field.dataset
                        ? `[data-index="${field.dataset.index}"]` : ':not([data-index])';
                    const type = kind === 'select' ? 'select' : `input[type=${kind}]`;
                    return {
                        selector: `${type}[data-param="${field.dataset.param}"]${index}`,
                        kind,
                        value: kind === 'checkbox' ? String(field.checked) : field.value,
                        min: number(field.min ?? ''),
                        max: number(field.max ?? ''),
                        step: number(field.step ?? ''),
                        options: [...(field.options ?? [])].map(option => option.value),
                    };
                })
            "#,
            vec![],
        )
        .await
    }

    /// Other values that it takes, the nearest ones first.
    pub fn others(&self) -> Vec<String> {
        match self.kind {
            Kind::Checkbox => vec![(self.value != "true").to_string()],
            Kind::Select => {
                let others = self.options.iter().filter(|option| **option != self.value);
                others.cloned().collect()
            }
            Kind::Number | Kind::Range => self.other_numbers(),
        }
    }

    fn other_numbers(&self) -> Vec<String> {
        let Ok(value) = self.value.parse::<f64>() else {
            return Vec::new();
        };
        let step = self.step.unwrap_or(1.0);
        let near = [value + step, value - step, value + 5.0 * step, value - 5.0 * step];
        let mut others: Vec<_> = near
            .into_iter()
            .map(Some)
            .chain([self.min, self.max])
            .flatten()
            .filter(|number| self.min.is_none_or(|min| *number >= min))
            .filter(|number| self.max.is_none_or(|max| *number <= max))
            .map(plain)
            .filter(|number| *number != self.value)
            .collect();
        others.dedup();
        others
    }

    /// A number that it must not take, if there is one.
    pub fn out_of_range(&self) -> Option<String> {
        let above = self.max.map(|max| max + self.step.unwrap_or(1.0).max(1.0));
        let below = self.min.map(|min| min - self.step.unwrap_or(1.0).max(1.0));
        let number = above.or(below)?;
        (self.kind == Kind::Number).then(|| plain(number))
    }

    /// Gives it a value in one step: typing would pass through values on the way.
    pub async fn edit(&self, page: &Page, value: &str) -> Result<()> {
        match self.kind {
            // There is but one other value.
            Kind::Checkbox => page.click(&self.selector).await,
            Kind::Number | Kind::Range | Kind::Select => page.set(&self.selector, value).await,
        }
        .with_context(|| format!("{} cannot be set to {value}", self.selector))
    }
}

/// A number without the tail that binary fractions have: `0.3`, not `0.30000000000000004`.
fn plain(number: f64) -> String {
    ((number * 1e6).round() / 1e6).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: &str, min: f64, max: f64, step: f64) -> Field {
        Field {
            selector: "#a".to_owned(),
            kind: Kind::Number,
            value: value.to_owned(),
            min: Some(min),
            max: Some(max),
            step: Some(step),
            options: Vec::new(),
        }
    }

    #[test]
    fn other_numbers_stay_in_range_and_differ() {
        let field = number("0.2", 0.0, 10.0, 0.1);
        assert_eq!(field.others(), ["0.3", "0.1", "0.7", "0", "10"]);
        assert_eq!(number("1", 1.0, 2.0, 1.0).others(), ["2"]);
    }

    #[test]
    fn a_number_out_of_range_is_out_of_range() {
        let out = number("0.2", 0.0, 10.0, 0.1).out_of_range();
        assert_eq!(out.as_deref(), Some("11"));
    }
}
