//! The pen of the page: a canvas.

use ::chart::{Across, Colour, Dash, Hatch, Label, Length, Mark, Palette, Pen, Picture, Scale};
use std::f64::consts::TAU;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement};

use super::scroll::Part;
use super::size::{Size, zoom};

/// Paints a part of a picture onto a canvas, where the whole has this size.
pub fn paint(
    picture: &Picture,
    palette: &'static Palette,
    canvas: &HtmlCanvasElement,
    size: Size,
    part: Part,
) -> Option<()> {
    let ratio = web_sys::window()?.device_pixel_ratio().max(1.0) * zoom(canvas);
    let (width, height) = ((size.width * ratio).round(), (part.height * ratio).round());
    let (width, height) = (width as u32, height as u32);
    // Told its size again, a canvas would throw away its memory.
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let context: Context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok()?;
    context.set_global_alpha(1.0);
    context.set_fill_style_str(palette.of(Colour::Ground));
    context.fill_rect(0.0, 0.0, size.width, part.height);
    let row = picture.layout.row_in(size.height);
    let mut pen = Canvas {
        context: &context,
        scale: picture.scale,
        width: size.width,
        part,
        row,
        palette,
        alpha: 1.0,
        fill: Some(Colour::Ground),
        stroke: None,
        font: None,
    };
    picture.draw(&mut pen, (part.top, part.top + part.height), row);
    Some(())
}

/// A canvas that is being painted on, in CSS pixels. It is told a colour or how bold it paints only when
/// that changes: telling it costs more than painting.
struct Canvas<'a> {
    context: &'a Context,
    scale: Scale<'a>,
    width: f64,
    /// What is painted of the whole.
    part: Part,
    /// The height of a task's row.
    row: f64,
    palette: &'static Palette,
    alpha: f64,
    fill: Option<Colour>,
    stroke: Option<Colour>,
    /// The size of the characters, and whether they are bold.
    font: Option<(f64, bool)>,
}

impl Canvas<'_> {
    /// A height from the upper edge of the canvas.
    fn y(&self, length: Length) -> f64 {
        length.at(self.row) - self.part.top
    }

    fn fill_with(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.context.set_fill_style_str(self.palette.of(colour));
            self.fill = Some(colour);
        }
    }

    fn stroke_with(&mut self, colour: Colour, width: f64) {
        if self.stroke != Some(colour) {
            self.context.set_stroke_style_str(self.palette.of(colour));
            self.stroke = Some(colour);
        }
        self.context.set_line_width(width);
    }

    fn write_with(&mut self, size: f64, bold: bool) {
        if self.font == Some((size, bold)) {
            return;
        }
        if self.font.is_none() {
            self.context.set_text_baseline("middle");
            self.context.set_text_align("center");
        }
        let weight = if bold { "600 " } else { "" };
        self.context.set_font(&format!("{weight}{size}px system-ui, sans-serif"));
        self.font = Some((size, bold));
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, dash: Dash, colour: Colour) {
        let context = self.context;
        self.stroke_with(colour, width);
        context.begin_path();
        context.move_to(from.0, from.1);
        context.line_to(to.0, to.1);
        let Dash::Broken(on, off) = dash else { return context.stroke() };
        let pattern = js_sys::Array::of2(&JsValue::from(on), &JsValue::from(off));
        // A browser that refuses draws whole lines: no harm.
        let _ = context.set_line_dash(&pattern);
        context.stroke();
        let _ = context.set_line_dash(&js_sys::Array::new());
    }
}

impl Pen for Canvas<'_> {
    fn alpha(&mut self, alpha: f64) {
        if self.alpha != alpha {
            self.context.set_global_alpha(alpha);
            self.alpha = alpha;
        }
    }

    fn shows(&self, from: f64, to: f64) -> bool {
        let (from, to) = (self.scale.x(from), self.scale.x(to));
        to - from >= 0.1 && to >= 0.0 && from <= self.width
    }

    fn grid(&mut self, time: f64, height: Length) {
        self.fill_with(Colour::Grid);
        let bottom = self.y(height).min(self.part.height);
        self.context.fill_rect(self.scale.x(time).round(), 0.0, 1.0, bottom);
    }

    fn block(&mut self, across: Across, top: Length, height: Length, colour: Colour, corner: f64) {
        let context = self.context;
        let (top, height) = (self.y(top), height.at(self.row));
        let Some((from, to)) = self.scale.near(across, 1.0) else { return };
        self.fill_with(colour);
        let corner = corner.min((to - from) / 2.0);
        if corner < 0.5 {
            return context.fill_rect(from, top, to - from, height);
        }
        context.begin_path();
        // A browser without rounded rectangles gets sharp corners.
        if context.round_rect_with_f64(from, top, to - from, height, corner).is_err() {
            context.rect(from, top, to - from, height);
        }
        context.fill();
    }

    fn outline(&mut self, across: Across, top: Length, height: Length, colour: Colour, width: f64) {
        let Some((from, to)) = self.scale.near(across, 1.0) else { return };
        self.stroke_with(colour, width);
        self.context.stroke_rect(from, self.y(top), to - from, height.at(self.row));
    }

    fn hatching(
        &mut self,
        across: Across,
        top: Length,
        height: Length,
        hatch: Hatch,
        colour: Colour,
    ) {
        let context = self.context;
        let (top, height) = (self.y(top), height.at(self.row));
        let Some((from, to)) = self.scale.near(across, Hatch::PERIOD) else { return };
        self.stroke_with(colour, 1.0);
        context.save();
        context.begin_path();
        context.rect(from, top, to - from, height);
        context.clip();
        context.begin_path();
        for lean in hatch.leans() {
            // From where its foot, or else its head, is outside on the left.
            let mut x = from - height * lean.max(0.0);
            while x < to + height {
                context.move_to(x, top + height);
                context.line_to(x + height * lean, top);
                x += Hatch::PERIOD;
            }
        }
        context.stroke();
        context.restore();
        context.stroke_rect(from + 0.5, top, (to - from - 1.0).max(0.5), height);
    }

    fn rule(&mut self, across: Across, y: Length, width: f64, dash: Dash, colour: Colour) {
        let Some((from, to)) = self.scale.near(across, dash.period()) else { return };
        let y = self.y(y);
        self.line((from, y), (to, y), width, dash, colour);
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
        self.line((x, self.y(from)), (x, self.y(to)), width, dash, colour);
    }

    fn tip(&mut self, time: f64, y: Length, from_above: bool, colour: Colour) {
        let context = self.context;
        let (x, y) = (self.scale.x(time), self.y(y));
        let way = if from_above { -1.0 } else { 1.0 };
        self.fill_with(colour);
        context.begin_path();
        context.move_to(x, y + way * 3.0);
        context.line_to(x - 3.5, y + way * 9.0);
        context.line_to(x + 3.5, y + way * 9.0);
        context.close_path();
        context.fill();
    }

    fn steps(&mut self, steps: &[(f64, Length)], end: f64, bottom: Length, colour: Colour) {
        let context = self.context;
        let places: Vec<(f64, f64)> =
            steps.iter().map(|(time, y)| (self.scale.nearest(*time), self.y(*y))).collect();
        let (end, bottom, whole) = (self.scale.nearest(end), self.y(bottom), self.alpha);
        let until = |n: usize| places.get(n + 1).map_or(end, |(next, _)| *next);
        self.alpha(whole * 0.3);
        self.fill_with(colour);
        for (n, (x, y)) in places.iter().enumerate() {
            context.fill_rect(*x, *y, until(n) - x, bottom - y);
        }
        self.alpha(whole);
        self.stroke_with(colour, 1.5);
        context.begin_path();
        for (n, (x, y)) in places.iter().enumerate() {
            if n == 0 {
                context.move_to(*x, *y);
            } else {
                context.line_to(*x, *y);
            }
            context.line_to(until(n), *y);
        }
        context.stroke();
    }

    fn mark(&mut self, time: f64, y: Length, mark: Mark, colour: Colour) {
        let context = self.context;
        let (x, y) = (self.scale.x(time), self.y(y));
        let radius = if mark == Mark::Done { 4.0 } else { 5.5 };
        self.fill_with(Colour::Ground);
        self.stroke_with(colour, 2.0);
        context.begin_path();
        // A radius that is positive cannot be refused.
        let _ = context.arc(x, y, radius, 0.0, TAU);
        context.fill();
        context.stroke();
        context.begin_path();
        let reach = 3.0;
        if mark == Mark::Done {
            self.fill_with(colour);
            let _ = context.arc(x, y, 2.0, 0.0, TAU);
            return context.fill();
        }
        context.move_to(x - reach, y + reach);
        context.line_to(x + reach, y - reach);
        if mark == Mark::Failed {
            context.move_to(x - reach, y - reach);
            context.line_to(x + reach, y + reach);
        }
        context.stroke();
    }

    fn sign(&mut self, time: f64, shift: f64, middle: Length, text: &str, colour: Colour) {
        let (x, y) = (self.scale.x(time) + shift, self.y(middle));
        self.fill_with(colour);
        self.write_with(11.0, true);
        // As for a label.
        let _ = self.context.fill_text(text, x, y);
    }

    fn label(&mut self, from: f64, to: f64, middle: Length, label: Label) {
        let context = self.context;
        // In the middle of what is in view.
        let (from, to) = (self.scale.x(from).max(0.0), self.scale.x(to).min(self.width));
        let y = self.y(middle);
        if to - from < label.room {
            return;
        }
        let x = (from + to) / 2.0;
        if label.grounded {
            // A quiet place among the hatching.
            self.fill_with(Colour::Ground);
            context.fill_rect(x - 16.0, y - 7.0, 32.0, 14.0);
        }
        self.fill_with(label.colour);
        self.write_with(label.size, label.bold);
        // Text that cannot be drawn is in the tooltip and the table.
        let _ = context.fill_text(&label.text, x, y + 0.5);
    }

    fn fold(&mut self, from: f64, to: f64) {
        let (context, height) = (self.context, self.part.height);
        let (from, to) = (self.scale.x(from), self.scale.x(to));
        self.alpha(0.6);
        self.fill_with(Colour::Stripe);
        context.fill_rect(from, 0.0, to - from, height);
        self.alpha(0.9);
        self.stroke_with(Colour::Muted, 1.0);
        let middle = (from + to) / 2.0;
        for x in [middle - 3.0, middle + 3.0] {
            context.begin_path();
            let mut y = -(self.part.top % 12.0);
            context.move_to(x, y);
            while y < height {
                context.line_to(x - 3.0, y + 3.0);
                context.line_to(x + 3.0, y + 9.0);
                context.line_to(x, y + 12.0);
                y += 12.0;
            }
            context.stroke();
        }
        self.alpha(1.0);
    }
}
