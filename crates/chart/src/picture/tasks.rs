//! The lanes of tasks.

use super::thin::Thin;
use super::{Across, Dash, Hatch, Label, Mark, Pen, Scene};
use crate::layout::{Placed, spans_within};
use crate::length::Length;
use crate::palette::Colour;
use crate::scale::MARGIN;
use timeline::{Category, Span, State, TaskLane};
use trace::Outcome;

/// Most calls that are drawn of those that await one another.
const FRAMES: usize = 5;
/// How long a bar must be for a length of time to be written on it, in pixels.
const LABEL: f64 = 34.0;
/// How high the strip in the colour of what is waited for is, at the foot of a bar, in pixels.
const FOOT: f64 = 4.0;

impl Scene<'_> {
    pub(super) fn task(&self, pen: &mut dyn Pen, placed: &Placed, lane: &TaskLane) {
        let middle = placed.top + Length::rows(0.5);
        let (from, to) = self.seen();
        let spans = &lane.spans[spans_within(&lane.spans, from, to)];
        let scale = self.scale;
        let mut thin = scale.map(|scale| Thin::new(self, scale, lane, placed));
        for span in spans {
            if !thin.as_mut().is_some_and(|thin| thin.takes(span, pen))
                && pen.shows(span.from, span.to)
            {
                self.span(pen, span, lane, middle);
                if self.is_stacked(span, lane) {
                    self.frames(pen, span, lane, middle);
                }
            }
        }
        if let Some(thin) = thin {
            thin.end(pen);
        }
        // Steps take no time on their own: a tick each.
        self.alpha(pen, 0.9, Some(lane.id));
        let (top, height) = bar(middle, 4.0);
        match scale {
            _ if self.columns.is_some() => {}
            Some(scale) => self.ticks(pen, scale, spans, top, height),
            None => {
                let steps = spans.iter().filter(|span| matches!(span.state, State::Running));
                for span in steps {
                    let around = Across::Around { time: span.from, width: 1.5 };
                    pen.block(around, top, height, Colour::Ink, 0.0);
                }
            }
        }
        self.timeouts(pen, placed, lane);
        if self.over && lane.ended.is_none() && self.timeline.end <= to {
            self.tail(pen, lane, middle);
        }
        let ended = lane.ended.filter(|ended| (from..=to).contains(ended));
        if let (Some(ended), Some(outcome)) = (ended, &lane.outcome) {
            let (mark, colour) = match outcome {
                Outcome::Done => (Mark::Done, Colour::Task(lane.id)),
                Outcome::Failed(_) => (Mark::Failed, Colour::Danger),
                Outcome::Cancelled => (Mark::Cancelled, Colour::Danger),
            };
            self.alpha(pen, 1.0, Some(lane.id));
            pen.mark(ended, middle, mark, colour);
        }
    }

    fn span(&self, pen: &mut dyn Pen, span: &Span, lane: &TaskLane, middle: Length) {
        let colour = Colour::Task(lane.id);
        let across = Across::Between { from: span.from, to: span.to, inset: 0.0 };
        let (top, height) = bar(middle, 0.0);
        let category = Category::of(span);
        let alpha = match (&span.state, category) {
            (_, Some(Category::Tasks)) => 0.55,
            (State::Ready | State::Due, _) => 0.9,
            (_, Some(Category::Sleep)) => 0.3,
            _ => 1.0,
        };
        self.alpha(pen, alpha, Some(lane.id));
        match (&span.state, category) {
            (State::Blocking, _) => {
                // Dark and heavy: nothing else goes on meanwhile.
                let (top, height) = bar(middle, 6.0);
                pen.block(across, top, height, colour, 4.0);
                self.alpha(pen, 0.5, Some(lane.id));
                pen.hatching(across, top, height, Hatch::Rising, Colour::Ink);
                self.alpha(pen, 1.0, Some(lane.id));
                pen.outline(across, top, height, Colour::Ink, 1.5);
                self.length(pen, span, lane, middle, true);
            }
            (State::Running, _) => {
                pen.block(across, top, height, colour, 4.0);
                if self.columns.is_some() {
                    self.turn(pen, span.from, span.to, middle, Colour::on(lane.id));
                }
            }
            (_, Some(Category::Sleep)) => {
                // Light: a timer runs, and everybody else may.
                pen.block(across, top, height, colour, 4.0);
                self.alpha(pen, 1.0, Some(lane.id));
                pen.outline(across, top, height, colour, 1.0);
                self.length(pen, span, lane, middle, false);
            }
            (_, Some(Category::Tasks)) => {
                let top = middle - Length::pixels(1.5);
                pen.block(across, top, Length::pixels(3.0), colour, 0.0);
            }
            (State::Due, _) => {
                // Its timer has come due here, and nobody serves it.
                pen.rule(across, middle, 4.0, Dash::Broken(3, 3), Colour::Danger);
                let half = Length::bars(0.5);
                pen.drop(span.from, middle - half, middle + half, 2.0, Dash::Whole, Colour::Danger);
            }
            (State::Ready, _) => pen.rule(across, middle, 2.0, Dash::Broken(3, 3), colour),
            // Waiting for something that somebody else has.
            _ => {
                let (top, height) = bar(middle, -1.0);
                let hatch = category.and_then(Hatch::of).unwrap_or(Hatch::Crossed);
                pen.hatching(across, top, height, hatch, colour);
                if let Some(cause) = category.filter(|_| !self.pale) {
                    let foot = Length::pixels(FOOT);
                    pen.block(across, top + height - foot, foot, Colour::Cause(cause), 0.0);
                }
                self.length(pen, span, lane, middle, true);
            }
        }
    }

    /// Whether the calls that await one another are drawn on the bar of a span.
    fn is_stacked(&self, span: &Span, lane: &TaskLane) -> bool {
        self.selected == Some(lane.id) && !self.pale && span.frames().len() > 1
    }

    /// The calls that await one another, of the task that stands out: each but the innermost a strip of the bar, from its
    /// top, and darker the further in; what is left of the bar is the innermost's.
    fn frames(&self, pen: &mut dyn Pen, span: &Span, lane: &TaskLane, middle: Length) {
        let frames = span.frames();
        // Where a stack is deep, what is next to the wait says most.
        let frames = &frames[frames.len().saturating_sub(FRAMES)..];
        let height = Length::bars(1.0 / frames.len() as f64);
        let across = Across::Between { from: span.from, to: span.to, inset: 0.0 };
        let mut top = middle - Length::bars(0.5);
        for (n, site) in frames.iter().enumerate() {
            if n + 1 < frames.len() {
                self.alpha(pen, 1.0, None);
                pen.block(across, top, height, Colour::Ground, 0.0);
                self.alpha(pen, 0.12 + 0.08 * n as f64, None);
                pen.block(across, top, height, Colour::Task(lane.id), 0.0);
                self.alpha(pen, 1.0, None);
                pen.outline(across, top, height, Colour::Task(lane.id), 1.0);
            }
            if let Some(function) = &site.place().function {
                let (text, colour) = (function.to_string(), Colour::Ink);
                let room = 12.0 + 6.0 * text.chars().count() as f64;
                let label = Label { text, colour, size: 9.0, bold: false, grounded: false, room };
                pen.label(span.from, span.to, top + height.times(0.5), label);
            }
            top = top + height;
        }
    }

    /// A flag where each timeout is due, and a line under what a task still does after it was asked to cancel itself.
    fn timeouts(&self, pen: &mut dyn Pen, placed: &Placed, lane: &TaskLane) {
        if self.pale {
            return;
        }
        let (from, to) = self.seen();
        let foot = placed.top + Length::rows(0.5) + Length::bars(0.5) + Length::pixels(2.5);
        for cleanup in self.timeline.cleanups(lane) {
            if pen.shows(cleanup.from, cleanup.to) {
                self.alpha(pen, 0.9, Some(lane.id));
                let across = Across::Between { from: cleanup.from, to: cleanup.to, inset: 0.0 };
                pen.rule(across, foot, 3.0, Dash::Broken(4, 2), Colour::Danger);
            }
        }
        let top = placed.top + Length::pixels(1.0);
        for deadline in self.timeline.deadlines.iter().filter(|deadline| deadline.task == lane.id) {
            let Some(due) = deadline.reached().filter(|due| *due <= self.timeline.end) else {
                continue;
            };
            if !(from..=to).contains(&due) {
                continue;
            }
            let (colour, alpha) = match deadline.expired {
                Some(_) => (Colour::Danger, 1.0),
                None => (Colour::Muted, 0.7),
            };
            self.alpha(pen, alpha, Some(lane.id));
            pen.drop(due, top, foot, 1.5, Dash::Whole, colour);
            pen.block(
                Across::Beside { time: due, width: 8.0 },
                top,
                Length::pixels(6.0),
                colour,
                0.0,
            );
        }
    }

    /// A lane that never ends goes on beyond the axis.
    fn tail(&self, pen: &mut dyn Pen, lane: &TaskLane, middle: Length) {
        let end = self.timeline.end;
        self.alpha(pen, 1.0, Some(lane.id));
        let across = Across::Beside { time: end, width: MARGIN };
        pen.rule(across, middle, 2.0, Dash::Broken(2, 2), Colour::Task(lane.id));
        pen.sign(end, MARGIN / 2.0, middle - Length::pixels(8.0), "∞", Colour::Ink);
    }

    /// The length of a span, on its bar, where there is room.
    fn length(
        &self,
        pen: &mut dyn Pen,
        span: &Span,
        lane: &TaskLane,
        middle: Length,
        grounded: bool,
    ) {
        if self.pale || self.columns.is_some() || self.is_stacked(span, lane) {
            return;
        }
        let label = Label {
            text: format!("{:.2}", span.seconds()),
            colour: Colour::Ink,
            size: 11.0,
            bold: true,
            grounded,
            room: LABEL,
        };
        pen.label(span.from, span.to, middle, label);
    }
}

/// Top and height of a bar around the middle of its row, so many pixels higher than others.
fn bar(middle: Length, more: f64) -> (Length, Length) {
    let height = Length::bars(1.0) + Length::pixels(more);
    (middle - Length::bars(0.5) - Length::pixels(more / 2.0), height)
}
