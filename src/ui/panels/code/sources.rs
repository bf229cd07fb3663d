//! The programs of an example, plain and coloured.

use crate::ui::course::Texts;
use examples::{Args, LineMap, python_lines, python_source};
use yew::AttrValue;

/// Which of the two programs.
#[derive(Clone, Copy, PartialEq)]
pub enum Tab {
    /// The twin, with the present values.
    Python,
    /// The one that runs.
    Rust,
}

/// A program as it is shown.
pub struct Source {
    /// Its lines, in HTML.
    pub lines: Vec<AttrValue>,
    /// All of it as plain text.
    pub plain: String,
    /// From lines of the Rust to lines of the Python.
    map: LineMap,
    tab: Tab,
}

impl Source {
    /// One of the programs of an example, with these values.
    pub fn of(texts: &Texts, args: &Args, tab: Tab) -> Self {
        let text = |key| texts.get(key).unwrap_or_default();
        let (lines, plain) = match tab {
            Tab::Python => {
                let python = text("python");
                (with_values(python, text("python_html"), args), python_source(python, args))
            }
            Tab::Rust => {
                let lines = text("rust_html").lines();
                (lines.map(|line| line.to_owned().into()).collect(), text("rust").to_owned())
            }
        };
        Source { lines, plain, map: LineMap::parse(text("lines")), tab }
    }

    /// The line of this program, from 1 on, that a line of the Rust is.
    pub fn line(&self, rust: u32) -> Option<u32> {
        match self.tab {
            Tab::Python => self.map.python(rust),
            Tab::Rust => Some(rust),
        }
    }
}

/// The lines of the twin; those that set a parameter carry its present value.
fn with_values(python: &str, html: &str, args: &Args) -> Vec<AttrValue> {
    let lines = html.lines().zip(python_lines(python, args)).zip(python.lines());
    let lines = lines.map(|((coloured, now), before)| match now.split_once(" = ") {
        Some((name, value)) if now != before => {
            let class = if value.starts_with('"') { "s" } else { "n" };
            format!("{name} = <span class=\"{class}\">{value}</span>")
        }
        _ => coloured.to_owned(),
    });
    lines.map(AttrValue::from).collect()
}
