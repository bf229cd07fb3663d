//! A pen that writes SVG in pixels.

use crate::length::Length;
use crate::palette::{Colour, Palette};
use crate::picture::{Across, Dash, Hatch, Label, Mark, Pen};
use crate::scale::Scale;
use std::fmt;
use std::fmt::Write as _;

/// A length or a place, in pixels, to the hundredth.
pub(super) struct Number(pub f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Minus zero would be written with its sign.
        ((self.0 * 100.0).round() / 100.0 + 0.0).fmt(f)
    }
}

/// A text as it may stand in XML: what that has no way to write is replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\t' | '\n' => escaped.push(letter),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// What is being drawn on.
pub(super) struct Paper<'a> {
    scale: Scale<'a>,
    palette: &'static Palette,
    /// From which height to which it is drawn, in pixels.
    part: (f64, f64),
    row: f64,
    alpha: f64,
    text: String,
    /// The names of the hatchings that are used.
    hatchings: Vec<String>,
}

impl<'a> Paper<'a> {
    pub(super) fn new(
        scale: Scale<'a>,
        palette: &'static Palette,
        part: (f64, f64),
        row: f64,
    ) -> Self {
        Paper { scale, palette, part, row, alpha: 1.0, text: String::new(), hatchings: Vec::new() }
    }

    /// What has been drawn.
    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn write(&mut self, text: fmt::Arguments) {
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(text);
    }

    /// How bold an element is, and its end.
    fn end(&mut self) {
        if self.alpha < 1.0 {
            let alpha = Number(self.alpha);
            self.write(format_args!(" opacity=\"{alpha}\""));
        }
        self.text += "/>";
    }

    /// A height from the upper edge.
    fn y(&self, length: Length) -> f64 {
        length.at(self.row) - self.part.0
    }

    /// A rectangle; `look` is the rest of its attributes.
    fn rect(&mut self, (from, to): (f64, f64), top: Length, height: Length, look: fmt::Arguments) {
        let (x, y) = (Number(from), Number(self.y(top)));
        let (width, height) = (Number((to - from).max(0.0)), Number(height.at(self.row).max(0.0)));
        self.write(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {look}"
        ));
        self.end();
    }

    /// A line; `more` are further attributes.
    pub(super) fn line(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        more: &str,
        colour: Colour,
    ) {
        let colour = self.palette.of(colour);
        self.write(format_args!(
            "<path d=\"M{} {}L{} {}\" stroke=\"{colour}\" stroke-width=\"{width}\"{more}",
            Number(from.0),
            Number(from.1),
            Number(to.0),
            Number(to.1)
        ));
        self.end();
    }

    /// A text; `more` are further attributes.
    pub(super) fn text(&mut self, (x, y): (f64, f64), text: &str, colour: Colour, more: &str) {
        let (x, y, colour, text) = (Number(x), Number(y), self.palette.of(colour), escaped(text));
        self.write(format_args!("<text x=\"{x}\" y=\"{y}\" fill=\"{colour}\"{more}"));
        self.end();
        // It has an inside.
        self.text.truncate(self.text.len() - 2);
        self.write(format_args!(">{text}</text>"));
    }

    /// A shape at a place, by its path.
    fn path(&mut self, path: fmt::Arguments, look: fmt::Arguments) {
        self.write(format_args!("<path d=\"{path}\" {look}"));
        self.end();
    }
}

fn dashes(dash: Dash) -> String {
    match dash {
        Dash::Whole => String::new(),
        Dash::Broken(on, off) => format!(" stroke-dasharray=\"{on} {off}\""),
    }
}

impl Pen for Paper<'_> {
    fn alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    fn shows(&self, from: f64, to: f64) -> bool {
        let (from, to) = (self.scale.x(from), self.scale.x(to));
        to - from >= 0.1 && to >= 0.0 && from <= self.scale.width()
    }

    fn grid(&mut self, time: f64, height: Length) {
        let (x, bottom) = (self.scale.x(time).round(), self.y(height));
        self.line((x + 0.5, 0.0), (x + 0.5, bottom), 1.0, "", Colour::Grid);
    }

    fn block(&mut self, across: Across, top: Length, height: Length, colour: Colour, corner: f64) {
        let Some((from, to)) = self.scale.near(across, 1.0) else { return };
        let (colour, corner) = (self.palette.of(colour), corner.min((to - from) / 2.0));
        if corner < 0.5 {
            return self.rect((from, to), top, height, format_args!("fill=\"{colour}\""));
        }
        let corner = Number(corner);
        self.rect((from, to), top, height, format_args!("rx=\"{corner}\" fill=\"{colour}\""));
    }

    fn outline(&mut self, across: Across, top: Length, height: Length, colour: Colour, width: f64) {
        let Some(place) = self.scale.near(across, 1.0) else { return };
        let colour = self.palette.of(colour);
        let look = format_args!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"");
        self.rect(place, top, height, look);
    }

    fn hatching(
        &mut self,
        across: Across,
        top: Length,
        height: Length,
        hatch: Hatch,
        colour: Colour,
    ) {
        let Some(place) = self.scale.near(across, Hatch::PERIOD) else { return };
        let (name, hue) = (format!("{hatch:?}{}", colour.name()), self.palette.of(colour));
        if !self.hatchings.contains(&name) {
            self.hatchings.push(name.clone());
            self.write(format_args!(
                "<defs><pattern id=\"{name}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
                 <path d=\"{}\" stroke=\"{hue}\"/></pattern></defs>",
                hatch.path()
            ));
        }
        let look = format_args!("fill=\"url(#{name})\" stroke=\"{hue}\"");
        self.rect(place, top, height, look);
    }

    fn rule(&mut self, across: Across, y: Length, width: f64, dash: Dash, colour: Colour) {
        let Some((from, to)) = self.scale.near(across, dash.period()) else { return };
        let y = self.y(y);
        self.line((from, y), (to, y), width, &dashes(dash), colour);
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
        let x = self.scale.x(time);
        self.line((x, self.y(from)), (x, self.y(to)), width, &dashes(dash), colour);
    }

    fn tip(&mut self, time: f64, y: Length, from_above: bool, colour: Colour) {
        let (x, y) = (self.scale.x(time), self.y(y));
        let way = if from_above { -1.0 } else { 1.0 };
        let (tip, foot) = (Number(y + way * 3.0), Number(y + way * 9.0));
        let (left, right, x) = (Number(x - 3.5), Number(x + 3.5), Number(x));
        let colour = self.palette.of(colour);
        self.path(
            format_args!("M{x} {tip}L{left} {foot}L{right} {foot}Z"),
            format_args!("fill=\"{colour}\""),
        );
    }

    fn steps(&mut self, steps: &[(f64, Length)], end: f64, bottom: Length, colour: Colour) {
        let places: Vec<(f64, f64)> =
            steps.iter().map(|(time, y)| (self.scale.nearest(*time), self.y(*y))).collect();
        let Some((first, _)) = places.first() else { return };
        let (first, end, bottom) = (*first, self.scale.nearest(end), self.y(bottom));
        let mut path = String::new();
        for (n, (x, y)) in places.iter().enumerate() {
            let (next, sign) =
                (places.get(n + 1).map_or(end, |next| next.0), if n == 0 { 'M' } else { 'L' });
            // Writing to a string does not fail.
            let _ = write!(path, "{sign}{} {}H{}", Number(*x), Number(*y), Number(next));
        }
        let colour = self.palette.of(colour);
        let (whole, foot, first) = (self.alpha, Number(bottom), Number(first));
        self.alpha = whole * 0.3;
        self.path(format_args!("{path}V{foot}H{first}Z"), format_args!("fill=\"{colour}\""));
        self.alpha = whole;
        self.path(
            format_args!("{path}"),
            format_args!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\""),
        );
    }

    fn mark(&mut self, time: f64, y: Length, mark: Mark, colour: Colour) {
        let (x, y) = (self.scale.x(time), self.y(y));
        let (colour, ground) = (self.palette.of(colour), self.palette.of(Colour::Ground));
        let radius = if mark == Mark::Done { 4.0 } else { 5.5 };
        let (cx, cy) = (Number(x), Number(y));
        self.write(format_args!(
            "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{radius}\" fill=\"{ground}\" stroke=\"{colour}\" stroke-width=\"2\""
        ));
        self.end();
        if mark == Mark::Done {
            self.write(format_args!("<circle cx=\"{cx}\" cy=\"{cy}\" r=\"2\" fill=\"{colour}\""));
            return self.end();
        }
        let (left, right) = (Number(x - 3.0), Number(x + 3.0));
        let (top, bottom) = (Number(y - 3.0), Number(y + 3.0));
        let look = format_args!("stroke=\"{colour}\" stroke-width=\"2\"");
        if mark == Mark::Failed {
            self.path(
                format_args!("M{left} {bottom}L{right} {top}M{left} {top}L{right} {bottom}"),
                look,
            );
        } else {
            self.path(format_args!("M{left} {bottom}L{right} {top}"), look);
        }
    }

    fn sign(&mut self, time: f64, shift: f64, middle: Length, text: &str, colour: Colour) {
        let place = (self.scale.x(time) + shift, self.y(middle) + 4.0);
        let look = " font-size=\"11\" font-weight=\"600\" text-anchor=\"middle\"";
        self.text(place, text, colour, look);
    }

    fn label(&mut self, from: f64, to: f64, middle: Length, label: Label) {
        // In the middle of what is in view.
        let (from, to) = (self.scale.x(from).max(0.0), self.scale.x(to).min(self.scale.width()));
        if to - from < label.room {
            return;
        }
        let x = (from + to) / 2.0;
        if label.grounded {
            let half = Length::pixels(7.0);
            let ground = self.palette.of(Colour::Ground);
            let place = (x - 16.0, x + 16.0);
            self.rect(place, middle - half, half + half, format_args!("fill=\"{ground}\""));
        }
        let weight = if label.bold { 600 } else { 400 };
        let look = format!(
            " font-size=\"{}\" font-weight=\"{weight}\" text-anchor=\"middle\"",
            label.size
        );
        let y = self.y(middle) + label.size * 0.36;
        self.text((x, y), &label.text, label.colour, &look);
    }

    fn fold(&mut self, from: f64, to: f64) {
        let (from, to, bottom) = (self.scale.x(from), self.scale.x(to), self.part.1 - self.part.0);
        let (x, width, height) = (Number(from), Number(to - from), Number(bottom));
        let (stripe, muted) = (self.palette.of(Colour::Stripe), self.palette.of(Colour::Muted));
        self.write(format_args!(
            "<rect x=\"{x}\" width=\"{width}\" height=\"{height}\" fill=\"{stripe}\" opacity=\"0.6\"/>"
        ));
        let middle = (from + to) / 2.0;
        let mut path = String::new();
        for x in [middle - 3.0, middle + 3.0] {
            // Writing to a string does not fail.
            let _ = write!(path, "M{} 0", Number(x));
            for _ in 0..(bottom / 12.0).ceil() as usize {
                path += "l-3 3l6 6l-3 3";
            }
        }
        self.path(format_args!("{path}"), format_args!("fill=\"none\" stroke=\"{muted}\""));
    }
}
