//! How the window is shared out.

use anyhow::Result;
use serde::Deserialize;

use crate::page::Page;

/// How the window is shared out on an example.
#[derive(Deserialize)]
pub struct Room {
    /// Which part of the window is the chart, in percent.
    pub share: f64,
    /// How many of parameters, program and output are not wholly in view, or must be scrolled for parameters.
    pub hidden: usize,
    /// Whether the page can be scrolled sideways.
    pub sideways: bool,
    /// Texts that are cut.
    pub cut: Vec<String>,
    /// How far the worst bar of a time waited is from its part of the whole, in points.
    pub off: f64,
}

impl Room {
    /// Measures the example on the page.
    pub async fn of(page: &Page) -> Result<Self> {
        page.script(include_str!("room.js"), vec![]).await
    }
}
