//! The bars, on a canvas.

use super::layout::{PADDING, PERMIT, PERMITS_SHOWN, Placed, Row, Scale, WAITING};
use crate::ui::palette::Palette;
use std::f64::consts::TAU;
use timeline::{Category, LinkKind, ResourceLane, Span, State, TaskLane, Timeline};
use trace::{Outcome, TaskId};
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d as Context;

/// How a timeline is painted.
pub struct Painter<'a> {
    /// The canvas, in CSS pixels.
    pub context: &'a Context,
    /// The time axis.
    pub scale: Scale,
    /// The rows.
    pub rows: &'a [Placed],
    /// The colours.
    pub palette: Palette,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// A paler picture, behind another.
    pub pale: bool,
}

impl Painter<'_> {
    /// Paints the ground: stripes and the grid of time.
    pub fn ground(&self, width: f64, height: f64) {
        let context = self.context;
        context.set_global_alpha(1.0);
        context.set_fill_style_str(self.palette.ground);
        context.fill_rect(0.0, 0.0, width, height);
        context.set_fill_style_str(self.palette.stripe);
        for row in self.rows.iter().step_by(2) {
            context.fill_rect(0.0, row.top, width, row.height);
        }
        context.set_fill_style_str(self.palette.grid);
        for tick in self.scale.ticks().0 {
            context.fill_rect(self.scale.x(tick).round(), 0.0, 1.0, height);
        }
    }

    /// Paints a timeline whose lanes are those of the rows.
    pub fn timeline(&self, timeline: &Timeline, rows_of: &Timeline) {
        let shown = self.rows.iter().filter_map(|placed| match placed.row {
            Row::Task(n) => {
                let lane = timeline.task(rows_of.tasks.get(n)?.id)?;
                Some((placed, Some(lane), None))
            }
            Row::Resource(n) => Some((placed, None, timeline.resources.get(n))),
        });
        let shown: Vec<_> = shown.collect();
        if !self.pale {
            self.links(timeline, rows_of);
        }
        for (placed, lane, resource) in shown {
            if let Some(lane) = lane {
                self.task(placed, lane);
            }
            if let Some(resource) = resource {
                self.resource(placed, resource, timeline.end);
            }
        }
        self.context.set_global_alpha(1.0);
    }

    fn alpha(&self, alpha: f64, task: Option<TaskId>) {
        let other = task.is_some() && self.selected.is_some() && self.selected != task;
        let factor = if self.pale {
            0.22
        } else if other {
            0.3
        } else {
            1.0
        };
        self.context.set_global_alpha(alpha * factor);
    }

    fn task(&self, placed: &Placed, lane: &TaskLane) {
        let middle = placed.top + placed.height / 2.0;
        let bar = (placed.height * 0.58).min(32.0);
        for span in &lane.spans {
            self.span(span, lane.id, middle, bar);
        }
        // Steps take no time on their own: a tick each.
        self.alpha(0.9, Some(lane.id));
        self.context.set_fill_style_str(self.palette.ink);
        let steps = lane.spans.iter().filter(|span| matches!(span.state, State::Running));
        for step in steps {
            let x = self.scale.x(step.from);
            self.context.fill_rect(x - 0.75, middle - bar / 2.0 - 2.0, 1.5, bar + 4.0);
        }
        if let (Some(ended), Some(outcome)) = (lane.ended, &lane.outcome) {
            self.end_mark(self.scale.x(ended), middle, outcome, lane.id);
        }
    }

    fn span(&self, span: &Span, task: TaskId, middle: f64, bar: f64) {
        let (from, to) = (self.scale.x(span.from), self.scale.x(span.to));
        if to - from < 0.1 {
            return;
        }
        let context = self.context;
        let colour = self.palette.task(task);
        context.set_fill_style_str(colour);
        match (&span.state, Category::of(span)) {
            (State::Blocking, _) => {
                self.alpha(1.0, Some(task));
                self.block(from, to, middle, bar + 6.0);
                context.set_stroke_style_str(self.palette.ink);
                context.set_line_width(1.5);
                context.stroke_rect(from, middle - bar / 2.0 - 3.0, to - from, bar + 6.0);
                self.label(span, from, to, middle, self.palette.on_bar);
            }
            (State::Running, _) => {
                self.alpha(1.0, Some(task));
                self.block(from, to, middle, bar);
            }
            (_, Some(Category::Sleep)) => {
                self.alpha(1.0, Some(task));
                self.block(from, to, middle, bar);
                self.label(span, from, to, middle, self.palette.on_bar);
            }
            (_, Some(Category::Tasks)) => {
                self.alpha(0.55, Some(task));
                context.fill_rect(from, middle - 1.5, to - from, 3.0);
            }
            (State::Scheduled | State::Due, _) => {
                self.alpha(0.9, Some(task));
                self.dashes(from, to, middle, 2.0, &[3.0, 3.0], colour);
            }
            _ => {
                self.alpha(1.0, Some(task));
                self.hatched(from, to, middle, bar, colour);
                self.label(span, from, to, middle, self.palette.ink);
            }
        }
    }

    fn block(&self, from: f64, to: f64, middle: f64, height: f64) {
        let context = self.context;
        context.begin_path();
        let radius = 4.0_f64.min((to - from) / 2.0);
        // A browser without rounded rectangles gets sharp corners.
        let rounded =
            context.round_rect_with_f64(from, middle - height / 2.0, to - from, height, radius);
        if rounded.is_err() {
            context.rect(from, middle - height / 2.0, to - from, height);
        }
        context.fill();
    }

    /// An outlined bar with slanted lines: waiting for something that somebody else has.
    fn hatched(&self, from: f64, to: f64, middle: f64, bar: f64, colour: &str) {
        let context = self.context;
        let (top, height) = (middle - bar / 2.0 + 0.5, bar - 1.0);
        context.save();
        context.begin_path();
        context.rect(from, top, to - from, height);
        context.clip();
        context.set_stroke_style_str(colour);
        context.set_line_width(1.0);
        context.begin_path();
        let mut x = from - height;
        while x < to {
            context.move_to(x, top + height);
            context.line_to(x + height, top);
            x += 6.0;
        }
        context.stroke();
        context.restore();
        context.set_stroke_style_str(colour);
        context.set_line_width(1.0);
        context.stroke_rect(from + 0.5, top, (to - from - 1.0).max(0.5), height);
    }

    fn dashes(&self, from: f64, to: f64, y: f64, width: f64, pattern: &[f64], colour: &str) {
        let context = self.context;
        self.dash(pattern);
        context.set_stroke_style_str(colour);
        context.set_line_width(width);
        context.begin_path();
        context.move_to(from, y);
        context.line_to(to, y);
        context.stroke();
        self.dash(&[]);
    }

    /// How lines are broken from now on; whole ones for no pattern.
    fn dash(&self, pattern: &[f64]) {
        let pattern: js_sys::Array = pattern.iter().copied().map(JsValue::from_f64).collect();
        // A browser that refuses draws whole lines: no harm.
        let _ = self.context.set_line_dash(&pattern);
    }

    /// The length of a span, on its bar, where there is room.
    fn label(&self, span: &Span, from: f64, to: f64, middle: f64, colour: &str) {
        if self.pale || to - from < 34.0 {
            return;
        }
        let context = self.context;
        let text = format!("{:.2}", span.seconds());
        context.set_font("600 11px system-ui, sans-serif");
        context.set_text_baseline("middle");
        context.set_text_align("center");
        if colour == self.palette.ink {
            // A quiet place among the hatching.
            context.set_fill_style_str(self.palette.ground);
            context.fill_rect((from + to) / 2.0 - 16.0, middle - 7.0, 32.0, 14.0);
        }
        context.set_fill_style_str(colour);
        // Text that cannot be drawn is in the tooltip and the table.
        let _ = context.fill_text(&text, (from + to) / 2.0, middle + 0.5);
    }

    /// How a task ended: a disc, a cross, or a barred circle.
    fn end_mark(&self, x: f64, y: f64, outcome: &Outcome, task: TaskId) {
        let context = self.context;
        let (radius, colour) = match outcome {
            Outcome::Done => (4.0, self.palette.task(task)),
            Outcome::Failed(_) | Outcome::Cancelled => (5.5, self.palette.danger),
        };
        self.alpha(1.0, Some(task));
        context.set_fill_style_str(self.palette.ground);
        context.set_stroke_style_str(colour);
        context.set_line_width(2.0);
        context.begin_path();
        // A radius that is positive cannot be refused.
        let _ = context.arc(x, y, radius, 0.0, TAU);
        context.fill();
        context.stroke();
        let reach = radius * 0.55;
        context.begin_path();
        match outcome {
            Outcome::Done => {
                context.set_fill_style_str(colour);
                let _ = context.arc(x, y, 2.0, 0.0, TAU);
                context.fill();
            }
            Outcome::Failed(_) => {
                context.move_to(x - reach, y - reach);
                context.line_to(x + reach, y + reach);
                context.move_to(x + reach, y - reach);
                context.line_to(x - reach, y + reach);
                context.stroke();
            }
            Outcome::Cancelled => {
                context.move_to(x - reach, y + reach);
                context.line_to(x + reach, y - reach);
                context.stroke();
            }
        }
    }

    /// Who woke and who cancelled whom.
    fn links(&self, timeline: &Timeline, rows_of: &Timeline) {
        let context = self.context;
        let middle = |task: TaskId| {
            self.rows.iter().find_map(|placed| match placed.row {
                Row::Task(n) if rows_of.tasks[n].id == task => {
                    Some(placed.top + placed.height / 2.0)
                }
                _ => None,
            })
        };
        for link in &timeline.links {
            let (Some(from), Some(to)) = (middle(link.from), middle(link.to)) else { continue };
            let mine = self.selected == Some(link.from) || self.selected == Some(link.to);
            let (colour, alpha, pattern): (_, _, &[f64]) = match link.kind {
                LinkKind::Created => (self.palette.muted, 0.25, &[1.0, 3.0]),
                LinkKind::Woke => (self.palette.muted, 0.6, &[]),
                LinkKind::Cancelled => (self.palette.danger, 0.8, &[4.0, 2.0]),
            };
            let factor = if self.selected.is_some() && !mine { 0.3 } else { 1.0 };
            context.set_global_alpha(alpha * factor);
            self.dash(pattern);
            context.set_stroke_style_str(colour);
            context.set_fill_style_str(colour);
            context.set_line_width(if mine { 1.75 } else { 1.0 });
            let x = self.scale.x(link.time);
            context.begin_path();
            context.move_to(x, from);
            context.line_to(x, to);
            context.stroke();
            self.dash(&[]);
            if link.kind != LinkKind::Created {
                let tip: f64 = if to > from { -9.0 } else { 9.0 };
                context.begin_path();
                context.move_to(x, to + tip.signum() * 3.0);
                context.line_to(x - 3.5, to + tip);
                context.line_to(x + 3.5, to + tip);
                context.close_path();
                context.fill();
            }
        }
    }

    fn resource(&self, placed: &Placed, lane: &ResourceLane, end: f64) {
        let top = placed.top + PADDING;
        if let Some(slots) = lane.slots() {
            self.permits(top, lane, slots);
        } else if let Some(bound) = lane.depth_bound() {
            self.depth(top, placed.height - 2.0 * PADDING - WAITING, lane, bound, end);
        }
        self.waiting(placed.top + placed.height - PADDING - WAITING, lane, end);
    }

    fn permits(&self, top: f64, lane: &ResourceLane, limit: usize) {
        let context = self.context;
        let end = self.scale.x(self.scale.time(f64::MAX));
        context.set_fill_style_str(self.palette.grid);
        for permit in 0..limit.clamp(1, PERMITS_SHOWN) {
            self.alpha(0.7, None);
            let y = top + permit as f64 * PERMIT + PERMIT / 2.0;
            let from = self.scale.x(lane.created);
            context.fill_rect(from, y, end - from, 1.0);
        }
        for hold in lane.holds.iter().filter(|hold| hold.permit < PERMITS_SHOWN) {
            let (from, to) = (self.scale.x(hold.from), self.scale.x(hold.to));
            self.alpha(0.95, hold.holder);
            let colour = hold.holder.map_or(self.palette.muted, |task| self.palette.task(task));
            context.set_fill_style_str(colour);
            let y = top + hold.permit as f64 * PERMIT + PERMIT / 2.0;
            self.block(from + 0.5, (to - 0.5).max(from + 1.0), y + 0.5, PERMIT - 4.0);
        }
    }

    fn depth(&self, top: f64, height: f64, lane: &ResourceLane, bound: Option<usize>, end: f64) {
        let context = self.context;
        let most = lane.depth.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
        let full = most.max(bound.unwrap_or(0)).max(1) as f64;
        let y = |depth: usize| top + height - depth as f64 / full * (height - 4.0);
        self.alpha(0.28, None);
        context.set_fill_style_str(self.palette.accent);
        for (from, to, depth) in steps(&lane.depth, end) {
            let (from, to) = (self.scale.x(from), self.scale.x(to));
            context.fill_rect(from, y(depth), to - from, top + height - y(depth));
        }
        self.alpha(0.95, None);
        context.set_stroke_style_str(self.palette.accent);
        context.set_line_width(1.5);
        context.begin_path();
        for (n, (from, to, depth)) in steps(&lane.depth, end).enumerate() {
            let place = (self.scale.x(from), y(depth));
            if n == 0 {
                context.move_to(place.0, place.1);
            } else {
                context.line_to(place.0, place.1);
            }
            context.line_to(self.scale.x(to), place.1);
        }
        context.stroke();
        if let Some(bound) = bound {
            self.alpha(0.8, None);
            let (from, to) = (self.scale.x(lane.created), self.scale.x(end));
            self.dashes(from, to, y(bound), 1.0, &[5.0, 4.0], self.palette.danger);
        }
    }

    /// A strip, darker the more tasks wait, with their number.
    fn waiting(&self, top: f64, lane: &ResourceLane, end: f64) {
        let context = self.context;
        for (from, to, waiting) in steps(&lane.waiting, end).filter(|(.., waiting)| *waiting > 0) {
            let (from, to) = (self.scale.x(from), self.scale.x(to));
            self.alpha((0.14 + 0.09 * waiting as f64).min(0.7), None);
            context.set_fill_style_str(self.palette.muted);
            context.fill_rect(from, top + 2.0, to - from, WAITING - 3.0);
            if to - from > 14.0 && !self.pale {
                self.alpha(1.0, None);
                context.set_fill_style_str(self.palette.ink);
                context.set_font("10px system-ui, sans-serif");
                context.set_text_align("center");
                context.set_text_baseline("middle");
                // The number is in the tooltip too.
                let _ = context.fill_text(&waiting.to_string(), (from + to) / 2.0, top + 7.0);
            }
        }
    }
}

/// The pieces of a step function: from, to, value.
fn steps(steps: &[(f64, usize)], end: f64) -> impl Iterator<Item = (f64, f64, usize)> {
    steps.iter().enumerate().map(move |(n, (from, value))| {
        let to = steps.get(n + 1).map_or(end, |(next, _)| *next);
        (*from, to.max(*from), *value)
    })
}
