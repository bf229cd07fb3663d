//! Spans thinner than a pixel, merged: of every pixel it is drawn which part of it each state has.

use super::{Across, Pen, Scene};
use crate::layout::Placed;
use crate::length::Length;
use crate::palette::Colour;
use crate::scale::Scale;
use timeline::{Category, Span, State, TaskLane};

/// What a thin span is drawn as, from the bottom of the bar up.
#[derive(Clone, Copy)]
enum Look {
    Works,
    Sleeps,
    Waits,
    Tasks,
    Ready,
    Due,
}

const LOOKS: usize = 6;
/// In how many steps the parts of a pixel are told apart.
const STEPS: f64 = 8.0;
/// How pale a pixel may become that has little in it.
const PALEST: f64 = 0.35;
/// Nearer than this to each other, in pixels, the ticks of steps would cover what they stand on.
const CROWDED: f64 = 3.0;

impl Look {
    fn of(span: &Span) -> Look {
        match (&span.state, Category::of(span)) {
            (State::Running | State::Blocking, _) => Look::Works,
            (State::Due, _) => Look::Due,
            (_, Some(Category::Loop)) => Look::Ready,
            (_, Some(Category::Sleep)) => Look::Sleeps,
            (_, Some(Category::Tasks)) => Look::Tasks,
            _ => Look::Waits,
        }
    }

    /// Its colour on the lane of a task, and how bold it is.
    fn drawn(which: usize, own: Colour) -> (Colour, f64) {
        match which {
            n if n == Look::Works as usize => (own, 1.0),
            n if n == Look::Sleeps as usize => (own, 0.3),
            n if n == Look::Waits as usize => (own, 0.55),
            n if n == Look::Tasks as usize => (own, 0.15),
            n if n == Look::Ready as usize => (Colour::Muted, 0.6),
            _ => (Colour::Danger, 0.9),
        }
    }
}

/// What falls into a pixel.
#[derive(Clone, Copy, Default, PartialEq)]
struct Parts([f64; LOOKS]);

impl Parts {
    /// In steps, so that neighbours that look alike are drawn as one.
    fn rounded(self) -> [u8; LOOKS] {
        self.0.map(|part| {
            // What there is little of is still there.
            if part > 0.02 { (part * STEPS).round().clamp(1.0, STEPS) as u8 } else { 0 }
        })
    }
}

/// The thin spans of a lane, taken one after the other.
pub(super) struct Thin<'a, 's> {
    scene: &'a Scene<'s>,
    scale: Scale<'a>,
    lane: &'a TaskLane,
    middle: Length,
    /// The pixel that is being filled.
    pixel: f64,
    parts: Parts,
    /// Pixels that look alike: from where to where, and how.
    alike: (f64, f64, [u8; LOOKS]),
}

impl<'a, 's> Thin<'a, 's> {
    pub(super) fn new(
        scene: &'a Scene<'s>,
        scale: Scale<'a>,
        lane: &'a TaskLane,
        placed: &Placed,
    ) -> Self {
        let middle = placed.top + Length::rows(0.5);
        let (parts, alike) = (Parts::default(), (0.0, 0.0, [0; LOOKS]));
        Thin { scene, scale, lane, middle, pixel: f64::NEG_INFINITY, parts, alike }
    }

    /// Takes the span if it is thin; whether it was.
    pub(super) fn takes(&mut self, span: &Span, pen: &mut dyn Pen) -> bool {
        let (from, to) = (self.scale.x(span.from), self.scale.x(span.to));
        if to - from >= 1.0 {
            return false;
        }
        let look = Look::of(span) as usize;
        // It may lie over the edge of two pixels.
        let edge = (from.floor() + 1.0).min(to);
        self.add(pen, from.floor(), look, edge - from);
        if edge < to {
            self.add(pen, edge, look, to - edge);
        }
        true
    }

    fn add(&mut self, pen: &mut dyn Pen, pixel: f64, look: usize, wide: f64) {
        if pixel != self.pixel {
            self.close(pen);
            self.pixel = pixel;
        }
        self.parts.0[look] += wide;
    }

    /// The pixel is full: it goes on what is alike, or that is drawn.
    fn close(&mut self, pen: &mut dyn Pen) {
        let rounded = std::mem::take(&mut self.parts).rounded();
        let (from, to, alike) = self.alike;
        if to == self.pixel && alike == rounded {
            self.alike.1 += 1.0;
            return;
        }
        self.draw(pen, from, to, alike);
        self.alike = (self.pixel, self.pixel + 1.0, rounded);
    }

    /// Draws what is left.
    pub(super) fn end(mut self, pen: &mut dyn Pen) {
        self.close(pen);
        let (from, to, alike) = self.alike;
        self.draw(pen, from, to, alike);
    }

    fn draw(&self, pen: &mut dyn Pen, from: f64, to: f64, parts: [u8; LOOKS]) {
        let whole: f64 = parts.iter().map(|part| f64::from(*part)).sum();
        if whole == 0.0 {
            return;
        }
        let full = (whole / STEPS).clamp(PALEST, 1.0);
        let across = Across::Pixels { from, to };
        let mut below = 0.0;
        for (look, part) in parts.iter().enumerate().filter(|(_, part)| **part > 0) {
            let part = f64::from(*part) / whole;
            let (colour, alpha) = Look::drawn(look, Colour::Task(self.lane.id));
            self.scene.alpha(pen, alpha * full, Some(self.lane.id));
            let top = self.middle + Length::bars(0.5 - below - part);
            pen.block(across, top, Length::bars(part), colour, 0.0);
            below += part;
        }
    }
}

impl Scene<'_> {
    /// A tick for each step; where they stand close, low marks under the bar that leave it in view, and one for all of
    /// a pixel.
    pub(super) fn ticks(
        &self,
        pen: &mut dyn Pen,
        scale: Scale,
        spans: &[Span],
        top: Length,
        height: Length,
    ) {
        let mut last = f64::NEG_INFINITY;
        let mut spans = spans.iter().filter(|span| matches!(span.state, State::Running)).peekable();
        while let Some(span) = spans.next() {
            let x = scale.x(span.from);
            if x - last < 1.0 {
                continue;
            }
            let next = spans.peek().map_or(f64::INFINITY, |next| scale.x(next.from));
            let crowded = x - last < CROWDED || (next - x < CROWDED && next - x >= 1.0);
            last = x;
            let around = Across::Around { time: span.from, width: 1.5 };
            if crowded {
                let foot = top + height;
                pen.block(
                    around,
                    foot - Length::pixels(1.0),
                    Length::pixels(3.0),
                    Colour::Ink,
                    0.0,
                );
            } else {
                pen.block(around, top, height, Colour::Ink, 0.0);
            }
        }
    }
}
