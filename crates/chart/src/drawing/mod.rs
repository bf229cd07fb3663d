//! The chart as a file of SVG: what is on the page, with names, axis and playhead, where the size is known.
//!
//! It stands by itself: no styles and scripts of the page, colours by their numbers, names in the font of whoever opens it.

mod paper;

use self::paper::{Number, Paper, escaped};
use crate::layout::{Placed, Row};
use crate::palette::{Colour, Palette};
use crate::picture::{Pen, Picture};
use crate::scale::MARGIN;
use std::fmt::Write as _;
use timeline::Columns;

/// The height of the axis, in pixels.
const AXIS: f64 = 26.0;
/// The narrowest and the widest that names are, in pixels.
const NAMES: (f64, f64) = (72.0, 240.0);
/// How wide a letter of a name is, more or less, in pixels; one of Chinese is twice as wide.
const LETTER: f64 = 6.9;
/// What is left free beside a name, in pixels.
const BESIDE: f64 = 30.0;
/// How far apart the names of iterations are at least, in pixels.
const APART: f64 = 58.0;

/// A moment that is marked, with a few characters.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// The moment, in seconds.
    pub time: f64,
    /// The characters.
    pub text: String,
}

/// A sheet that a chart is drawn on.
pub struct Sheet<'a> {
    /// What is drawn.
    pub picture: Picture<'a>,
    /// What it is of.
    pub title: &'a str,
    /// The colours.
    pub palette: &'static Palette,
    /// From which height to which it is drawn, in pixels.
    pub part: (f64, f64),
    /// The height of a task's row, in pixels.
    pub row: f64,
    /// What a row of something else than a task is called.
    pub name: &'a dyn Fn(Row) -> String,
    /// The moment that is shown, in seconds.
    pub playhead: Option<f64>,
    /// What is marked on the axis.
    pub flags: &'a [Flag],
}

impl Sheet<'_> {
    /// The whole of a run that is over, `width` pixels wide without its names, with rows of the usual height.
    pub fn heights(picture: &Picture) -> ((f64, f64), f64) {
        let row = picture.layout.row(0.0).max(30.0);
        ((0.0, picture.layout.height().at(row)), row)
    }

    /// The file.
    pub fn svg(&self) -> String {
        let (scale, palette, (top, bottom)) = (self.picture.scale, self.palette, self.part);
        let rows = self.picture.layout.rows();
        let (first, after) = self.picture.layout.within(top, bottom, self.row);
        let names: Vec<(&Placed, String)> =
            rows[first..after].iter().map(|placed| (placed, self.name_of(placed.row))).collect();
        let letters = names.iter().map(|(_, name)| width(name)).max().unwrap_or(0);
        let beside = (letters as f64 * LETTER + BESIDE).clamp(NAMES.0, NAMES.1);
        let (width, height) = (beside + scale.width(), AXIS + bottom - top);
        let mut paper = Paper::new(self.picture.scale, palette, self.part, self.row);
        let (w, h) = (Number(width), Number(height));
        let ground = palette.of(Colour::Ground);
        paper.write(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             font-family=\"system-ui, sans-serif\" font-size=\"12\"><title>{}</title>\
             <rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>",
            escaped(self.title)
        ));
        self.axis(&mut paper, beside);
        for (placed, name) in &names {
            self.label(&mut paper, placed, name, beside);
        }
        // What is beyond the edges is cut off by a picture of its own.
        let (x, y, w, h) = (beside, AXIS, scale.width(), bottom - top);
        paper.write(format_args!(
            "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" overflow=\"hidden\">",
            Number(x),
            Number(y),
            Number(w),
            Number(h)
        ));
        self.picture.draw(&mut paper, self.part, self.row);
        paper.alpha(1.0);
        if let Some(at) = self.playhead.map(|time| scale.x(time)) {
            paper.line((at, 0.0), (at, h), 1.5, "", Colour::Accent);
        }
        paper.write(format_args!("</svg></svg>"));
        paper.finish()
    }

    fn name_of(&self, row: Row) -> String {
        match row {
            Row::Task(n) => {
                let name = |n: usize| {
                    let lane = self.picture.predicted.tasks.get(n);
                    lane.map_or_else(String::new, |lane| lane.name.to_string())
                };
                match self.picture.layout.sharing(n).last() {
                    Some(last) => format!("{} … {}", name(n), name(*last)),
                    None => name(n),
                }
            }
            other => (self.name)(other),
        }
    }

    /// The name of a row, and the colour of a task.
    fn label(&self, paper: &mut Paper, placed: &Placed, name: &str, beside: f64) {
        let y = AXIS + (placed.top.at(self.row) + placed.height.at(self.row) / 2.0) - self.part.0;
        if !(AXIS..=AXIS + self.part.1 - self.part.0).contains(&y) {
            return;
        }
        let task = match placed.row {
            Row::Task(n) => self.picture.predicted.tasks.get(n),
            _ => None,
        };
        let mut colour = Colour::Muted;
        if let Some(lane) = task {
            colour = Colour::Ink;
            let tasks = &self.picture.predicted.tasks;
            let Row::Task(n) = placed.row else { return };
            // Of those that share the row all names are there, where they are pointed at.
            let others = self.picture.layout.sharing(n).iter().map(|n| &*tasks[*n].name);
            let names: Vec<&str> = std::iter::once(&*lane.name).chain(others).collect();
            paper.write(format_args!(
                "<rect x=\"10\" y=\"{}\" width=\"8\" height=\"8\" rx=\"2\" fill=\"{}\"><title>{}</title></rect>",
                Number(y - 4.0),
                self.palette.of(Colour::Task(lane.id)),
                escaped(&names.join(", "))
            ));
        }
        let name = cut(name, ((beside - BESIDE) / LETTER) as usize + 1);
        paper.text((24.0, y + 4.0), &name, colour, "");
    }

    /// Moments in words, or the iterations of the loop, and what is marked.
    fn axis(&self, paper: &mut Paper, beside: f64) {
        let scale = self.picture.scale;
        let x = |time: f64| beside + scale.x(time);
        let middle = " text-anchor=\"middle\"";
        match self.picture.columns {
            Some(columns) => {
                for (column, text) in iterations(columns, |column| scale.x(column), scale.width()) {
                    paper.text((x(column), 17.0), &text, Colour::Muted, "");
                }
            }
            None => {
                let ticks = scale.ticks();
                for (time, text) in ticks.moments.iter().zip(&ticks.texts) {
                    paper.text((x(*time), 17.0), text, Colour::Muted, middle);
                }
                let unit = ticks
                    .base
                    .map_or(ticks.unit.to_owned(), |base| format!("{base} + {}", ticks.unit));
                paper.text((beside - 8.0, 17.0), &unit, Colour::Muted, " text-anchor=\"end\"");
                for (from, to) in scale.folds() {
                    let text = format!("↯ {:.2} s", to - from);
                    paper.text(
                        (beside + (scale.x(from) + scale.x(to)) / 2.0, 17.0),
                        &text,
                        Colour::Muted,
                        middle,
                    );
                }
            }
        }
        let seen = |flag: &&Flag| (0.0..=scale.width()).contains(&scale.x(flag.time));
        for flag in self.flags.iter().filter(seen) {
            let at = x(flag.time);
            paper.write(format_args!(
                "<circle cx=\"{}\" cy=\"8\" r=\"8\" fill=\"{}\"/>",
                Number(at),
                self.palette.of(Colour::Accent)
            ));
            paper.text((at, 12.0), &flag.text, Colour::OnBar, middle);
        }
    }
}

/// The iterations whose names have room, with their numbers and times: the column of each, and its name.
fn iterations(columns: &Columns, x: impl Fn(f64) -> f64, width: f64) -> Vec<(f64, String)> {
    let mut free = f64::NEG_INFINITY;
    let mut named = Vec::new();
    for (column, number, time) in columns.iterations() {
        let place = x(*column);
        if place >= free && (0.0..=width - MARGIN).contains(&place) {
            free = place + APART;
            let mut name = number.to_string();
            // Writing to a string does not fail.
            let _ = write!(name, " · {time:.2}");
            named.push((*column, name));
        }
    }
    named
}

/// How wide a text is, in letters.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter < '\u{2e80}' { 1 } else { 2 }).sum()
}

/// As much of a text as so many letters have room for.
fn cut(text: &str, most: usize) -> String {
    let mut left = most;
    let fits = |letter: &char| {
        let wide = if *letter < '\u{2e80}' { 1 } else { 2 };
        let fits = left >= wide;
        left = left.saturating_sub(wide);
        fits
    };
    let beginning: String = text.chars().take_while(fits).collect();
    if beginning.len() < text.len() { beginning + "…" } else { beginning }
}

#[cfg(test)]
mod tests;
