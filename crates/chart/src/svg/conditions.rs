//! What is drawn depending on the width, as classes with rules of CSS.

use crate::length::round;
use crate::scale::Scale;
use crate::ticks::Ticks;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The narrowest and the widest plot whose marks are told apart, in pixels.
const WIDTHS: std::ops::Range<u32> = 100..2600;

/// The widths at which labels have room.
#[derive(Default)]
pub(super) struct Conditions(BTreeSet<u32>);

impl Conditions {
    /// The class of what needs a plot so many pixels wide.
    pub(super) fn room(&mut self, width: f64) -> String {
        let width = width.ceil() as u32;
        self.0.insert(width);
        format!("w{width}")
    }

    /// The rules for these classes, and for those of [`ticks`].
    pub(super) fn css(&self, end: f64) -> String {
        let mut css = String::new();
        // Writing to a string does not fail.
        for width in &self.0 {
            let _ = write!(css, "@container plot (width<{width}px){{.w{width}{{display:none}}}}");
        }
        let ranges = ranges(end);
        for (n, (from, ..)) in ranges.iter().enumerate() {
            let _ = match ranges.get(n + 1) {
                Some((to, ..)) => {
                    write!(css, "@container plot (width>={to}px){{.k{n}{{display:none}}}}")
                }
                None => Ok(()),
            };
            if n > 0 {
                let _ = write!(css, "@container plot (width<{from}px){{.k{n}{{display:none}}}}");
            }
        }
        css
    }
}

/// From which width on which moments are marked.
fn ranges(end: f64) -> Vec<(u32, Ticks)> {
    let mut ranges: Vec<(u32, Ticks)> = Vec::new();
    for width in WIDTHS {
        let ticks = Scale::new(end, f64::from(width)).ticks();
        if ranges.last().is_none_or(|(_, last)| last.moments != ticks.moments) {
            ranges.push((width, ticks));
        }
    }
    ranges
}

/// The moments to be marked, each list with the class that shows it where it suits the width.
pub(super) fn ticks(end: f64) -> impl Iterator<Item = (String, Ticks)> {
    let ranges = ranges(end).into_iter().enumerate();
    ranges.map(|(n, (_, ticks))| (format!("k{n}"), ticks))
}

/// The marks of the axis, in HTML, in a box as wide as the axis without its margins.
pub fn axis(end: f64) -> String {
    let scale = Scale::new(end, 1000.0);
    let mut html = String::new();
    for (class, ticks) in ticks(end) {
        for (tick, text) in ticks.moments.iter().zip(&ticks.texts) {
            let left = round(scale.fraction(*tick) * 100.0);
            // Writing to a string does not fail.
            let _ = write!(html, "<span class=\"{class}\" style=\"left:{left}%\">{text}</span>");
        }
    }
    html
}
