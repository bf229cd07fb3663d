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
    /// Where things stand, in a wide window, that every example has: name, left and top in pixels.
    pub stands: Vec<(String, f64, f64)>,
}

impl Room {
    /// Measures the example on the page.
    pub async fn of(page: &Page) -> Result<Self> {
        page.script(include_str!("room.js"), vec![]).await
    }

    /// How far the furthest of these stands from where it stood, in pixels, and its name.
    pub fn apart(&self, stood: &[(String, f64, f64)]) -> (f64, &str) {
        let far = self.stands.iter().filter_map(|(name, left, top)| {
            let then = stood.iter().find(|(known, ..)| known == name)?;
            Some(((left - then.1).abs().max((top - then.2).abs()), name.as_str()))
        });
        far.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or_default()
    }
}
