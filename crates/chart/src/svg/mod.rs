//! The chart as a picture of SVG, drawn when nobody knows yet how large it will be.
//!
//! It stands in a box that is as wide as the time axis without its margins, so that a moment is a
//! percentage; heights are those of [`Layout::css`](crate::Layout::css), and colours those of
//! [`variables`](crate::variables). What depends on the width otherwise (which moments are marked, where
//! a label has room) is all drawn, each under its own condition: rules of CSS for a container named
//! `plot`.

mod conditions;
mod shapes;

pub use conditions::axis;

use crate::length::{Length, round};
use crate::palette::Colour;
use crate::picture::{Across, Dash, Hatch, Label, Mark, Pen, Scene};
use crate::scale::{MARGIN, Scale};
use conditions::Conditions;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A picture in the making.
pub struct Svg {
    scale: Scale<'static>,
    body: String,
    alpha: f64,
    /// Patterns that broken lines and hatchings are filled with, by name.
    patterns: BTreeMap<String, String>,
    conditions: Conditions,
}

impl Svg {
    /// The picture of a run: the elements of the SVG, and the rules of CSS for it.
    pub fn of(scene: Scene) -> (String, String) {
        // Of the scale only what does not depend on its width is used.
        let scale = Scale::new(scene.timeline.end, 1000.0);
        let mut svg = Svg {
            scale,
            body: String::new(),
            alpha: 1.0,
            patterns: BTreeMap::new(),
            conditions: Conditions::default(),
        };
        scene.stripes(&mut svg);
        for (class, ticks) in conditions::ticks(scene.timeline.end) {
            svg.write(format_args!("<g class=\"{class}\">"));
            scene.grid(&mut svg, &ticks.moments);
            svg.write(format_args!("</g>"));
        }
        scene.draw(&mut svg);
        let patterns: String = svg.patterns.into_values().collect();
        let defs = format!("<defs>{}{patterns}</defs>", shapes::SHAPES);
        (format!("{defs}{}", svg.body), svg.conditions.css(scene.timeline.end))
    }

    fn write(&mut self, text: std::fmt::Arguments) {
        // Writing to a string does not fail.
        let _ = self.body.write_fmt(text);
    }

    /// A moment in CSS.
    fn at(&self, time: f64) -> String {
        format!("{}%", round(self.scale.fraction(time) * 100.0))
    }

    /// A place and a width in CSS.
    fn across(&self, across: Across) -> (String, String) {
        let wide = |from: f64, to: f64| round(self.scale.fraction(to - from) * 100.0).max(0.0);
        match across {
            Across::All => (format!("-{MARGIN}px"), format!("calc(100% + {}px)", 2.0 * MARGIN)),
            Across::Axis { from } => (self.at(from), format!("{}%", wide(from, self.scale.end()))),
            Across::Between { from, to, inset } if inset > 0.0 => (
                format!("calc({} + {inset}px)", self.at(from)),
                format!("max(1px,{}% - {}px)", wide(from, to), 2.0 * inset),
            ),
            Across::Between { from, to, .. } => (self.at(from), format!("{}%", wide(from, to))),
            Across::Beside { time, width } => (self.at(time), format!("{width}px")),
            // Of a picture whose width nobody knows there are none.
            Across::Pixels { from, to } => (format!("{from}px"), format!("{}px", to - from)),
            Across::Around { time, width } => {
                (format!("calc({} - {}px)", self.at(time), width / 2.0), format!("{width}px"))
            }
        }
    }

    /// A rectangle; `look` is the rest of its style.
    fn rect(&mut self, across: Across, top: Length, height: Length, look: &str) {
        let (x, width) = self.across(across);
        let (y, height) = (top.css(), height.css());
        let alpha = self.opacity();
        self.write(format_args!(
            "<rect style=\"x:{x};width:{width};y:{y};height:{height};{look}{alpha}\"/>"
        ));
    }

    fn opacity(&self) -> String {
        if self.alpha < 1.0 { format!(";opacity:{}", round(self.alpha)) } else { String::new() }
    }

    /// A shape by its name, at a place.
    fn shape(&mut self, name: &str, time: f64, y: Length, colour: Colour) {
        let (x, y, colour, alpha) = (self.at(time), y.css(), colour.css(), self.opacity());
        self.write(format_args!(
            "<use href=\"#{name}\" x=\"{x}\" style=\"transform:translateY({y});color:{colour}{alpha}\"/>"
        ));
    }

    /// What fills a line of a colour, broken along it.
    fn dashes(&mut self, dash: Dash, down: bool, colour: Colour) -> String {
        let Dash::Broken(on, off) = dash else { return colour.css() };
        let length = on + off;
        let (size, part) = if down {
            (format!("width=\"9\" height=\"{length}\""), format!("width=\"9\" height=\"{on}\""))
        } else {
            (format!("width=\"{length}\" height=\"9\""), format!("width=\"{on}\" height=\"9\""))
        };
        let way = if down { "v" } else { "h" };
        let name = format!("{way}{on}{off}{}", colour.name());
        self.pattern(name, &size, &format!("<rect {part} style=\"fill:{}\"/>", colour.css()))
    }

    fn pattern(&mut self, name: String, size: &str, content: &str) -> String {
        let pattern = format!(
            "<pattern id=\"{name}\" {size} patternUnits=\"userSpaceOnUse\">{content}</pattern>"
        );
        let fill = format!("url(#{name})");
        self.patterns.insert(name, pattern);
        fill
    }
}

impl Pen for Svg {
    fn alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    fn shows(&self, from: f64, to: f64) -> bool {
        self.scale.fraction(to - from) > 1e-4
    }

    fn grid(&mut self, time: f64, height: Length) {
        let look = format!("fill:{};shape-rendering:crispEdges", Colour::Grid.css());
        self.rect(Across::Around { time, width: 1.0 }, Length::default(), height, &look);
    }

    fn block(&mut self, across: Across, top: Length, height: Length, colour: Colour, corner: f64) {
        let corner = if corner > 0.0 { format!(";rx:{corner}px") } else { String::new() };
        self.rect(across, top, height, &format!("fill:{}{corner}", colour.css()));
    }

    fn outline(&mut self, across: Across, top: Length, height: Length, colour: Colour, width: f64) {
        let look = format!("fill:none;stroke:{};stroke-width:{width}px", colour.css());
        self.rect(across, top, height, &look);
    }

    fn hatching(
        &mut self,
        across: Across,
        top: Length,
        height: Length,
        hatch: Hatch,
        colour: Colour,
    ) {
        let name = format!("{hatch:?}{}", colour.name());
        let line = format!("<path d=\"{}\" style=\"stroke:{}\"/>", hatch.path(), colour.css());
        let fill = self.pattern(name, "width=\"6\" height=\"6\"", &line);
        self.rect(across, top, height, &format!("fill:{fill};stroke:{}", colour.css()));
    }

    fn rule(&mut self, across: Across, y: Length, width: f64, dash: Dash, colour: Colour) {
        let fill = self.dashes(dash, false, colour);
        let top = y - Length::pixels(width / 2.0);
        self.rect(across, top, Length::pixels(width), &format!("fill:{fill}"));
    }

    fn drop(
        &mut self,
        time: f64,
        from: Length,
        to: Length,
        width: f64,
        dash: Dash,
        colour: Colour,
    ) {
        let fill = self.dashes(dash, true, colour);
        let (top, bottom) = if from.at(1.0) < to.at(1.0) { (from, to) } else { (to, from) };
        let around = Across::Around { time, width };
        self.rect(around, top, bottom - top, &format!("fill:{fill}"));
    }

    fn tip(&mut self, time: f64, y: Length, from_above: bool, colour: Colour) {
        self.shape(if from_above { "down" } else { "up" }, time, y, colour);
    }

    fn steps(&mut self, steps: &[(f64, Length)], end: f64, bottom: Length, colour: Colour) {
        let whole = self.alpha;
        for (n, (from, y)) in steps.iter().enumerate() {
            let next = steps.get(n + 1);
            let to = next.map_or(end, |(time, _)| *time);
            let across = Across::Between { from: *from, to, inset: 0.0 };
            self.alpha = whole * 0.3;
            self.block(across, *y, bottom - *y, colour, 0.0);
            self.alpha = whole;
            self.rule(across, *y, 1.5, Dash::Whole, colour);
            if let Some((time, next)) = next {
                self.drop(*time, *y, *next, 1.5, Dash::Whole, colour);
            }
        }
    }

    fn mark(&mut self, time: f64, y: Length, mark: Mark, colour: Colour) {
        let name = match mark {
            Mark::Done => "done",
            Mark::Failed => "failed",
            Mark::Cancelled => "cancelled",
        };
        self.shape(name, time, y, colour);
    }

    fn sign(&mut self, time: f64, shift: f64, middle: Length, text: &str, colour: Colour) {
        let (x, y) = (self.at(time), (middle + Length::pixels(4.0)).css());
        let (colour, alpha) = (colour.css(), self.opacity());
        self.write(format_args!(
            "<text x=\"{x}\" style=\"transform:translate({shift}px,{y});fill:{colour};\
             font-size:11px;font-weight:600{alpha}\">{text}</text>"
        ));
    }

    fn label(&mut self, from: f64, to: f64, middle: Length, label: Label) {
        let part = self.scale.fraction(to - from);
        let class = self.conditions.room(label.room / part + 2.0 * MARGIN);
        let half = Length::pixels(7.0);
        self.write(format_args!("<g class=\"{class}\">"));
        if label.grounded {
            let around = Across::Around { time: (from + to) / 2.0, width: 32.0 };
            let look = format!("fill:{}", Colour::Ground.css());
            self.rect(around, middle - half, half + half, &look);
        }
        let x = self.at((from + to) / 2.0);
        // Down to the base line of digits whose middle it is.
        let y = (middle + Length::pixels(label.size * 0.36)).css();
        let weight = if label.bold { 600 } else { 400 };
        let Label { text, colour, size, .. } = label;
        let (colour, alpha) = (colour.css(), self.opacity());
        self.write(format_args!(
            "<text x=\"{x}\" style=\"transform:translateY({y});fill:{colour};\
             font-size:{size}px;font-weight:{weight}{alpha}\">{text}</text></g>"
        ));
    }
}
