//! Lengths down the chart.

use std::fmt::Write as _;
use std::ops::{Add, Sub};

/// The least height of a task's row, in pixels.
pub(crate) const LEAST: f64 = 24.0;
/// The greatest height of a task's row, in pixels.
const MOST: f64 = 112.0;
/// How much of its row a bar takes.
const BAR: f64 = 0.58;
/// The greatest height of a bar, in pixels.
const MOST_BAR: f64 = 44.0;

/// A length down the chart: so many rows of tasks, so many bars in them, and so many pixels. How high
/// a row is depends on the room that there is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Length {
    /// In rows of tasks.
    pub rows: f64,
    /// In bars of tasks.
    pub bars: f64,
    /// In pixels.
    pub pixels: f64,
}

impl Length {
    /// So many rows of tasks.
    pub const fn rows(rows: f64) -> Self {
        Length { rows, bars: 0.0, pixels: 0.0 }
    }

    /// So many bars of tasks.
    pub const fn bars(bars: f64) -> Self {
        Length { rows: 0.0, bars, pixels: 0.0 }
    }

    /// So many pixels.
    pub const fn pixels(pixels: f64) -> Self {
        Length { rows: 0.0, bars: 0.0, pixels }
    }

    /// So many times as long.
    pub fn times(self, factor: f64) -> Self {
        Length { rows: self.rows * factor, bars: self.bars * factor, pixels: self.pixels * factor }
    }

    /// In pixels, where a task's row is `row` pixels high.
    pub fn at(self, row: f64) -> f64 {
        self.rows * row + self.bars * (row * BAR).min(MOST_BAR) + self.pixels
    }

    /// In CSS, where `--row` and `--bar` are the heights.
    pub fn css(self) -> String {
        let mut text = String::from("calc(");
        // Writing to a string does not fail.
        for (count, unit) in [(self.rows, "var(--row)"), (self.bars, "var(--bar)")] {
            if count != 0.0 {
                let _ = write!(text, "{}*{unit} + ", round(count));
            }
        }
        let _ = write!(text, "{}px)", round(self.pixels));
        text
    }
}

impl Add for Length {
    type Output = Length;

    fn add(self, other: Length) -> Length {
        Length {
            rows: self.rows + other.rows,
            bars: self.bars + other.bars,
            pixels: self.pixels + other.pixels,
        }
    }
}

impl Sub for Length {
    type Output = Length;

    fn sub(self, other: Length) -> Length {
        Length {
            rows: self.rows - other.rows,
            bars: self.bars - other.bars,
            pixels: self.pixels - other.pixels,
        }
    }
}

/// A number as CSS has it, without the tail that binary fractions have.
pub fn round(number: f64) -> f64 {
    // Minus zero would be written with its sign.
    (number * 1e4).round() / 1e4 + 0.0
}

/// The height of a task's row, in pixels, where `tasks` of them share `room` pixels.
pub fn row(room: f64, tasks: usize) -> f64 {
    (room / tasks.max(1) as f64).clamp(LEAST, MOST).floor()
}

/// The same in CSS, where `--room` is the room for all rows and `fixed` pixels of it are for others:
/// the heights that [`Length::css`] refers to.
pub fn heights(tasks: usize, fixed: f64) -> String {
    format!(
        "--row:round(down,clamp({LEAST}px,(var(--room) - {fixed}px)/{},{MOST}px),1px);\
         --bar:min(var(--row)*{BAR},{MOST_BAR}px)",
        tasks.max(1)
    )
}
