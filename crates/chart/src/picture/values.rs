//! The row of a value that tasks share: what it was, who wrote it, who read it, and which writings were lost.

use super::{Across, Dash, Hatch, Label, Pen, Scene};
use crate::layout::{VALUE, WAITING};
use crate::length::Length;
use crate::palette::Colour;
use timeline::ResourceLane;
use trace::TaskId;

/// How much wider than its value a stretch must be for that to be written on it, in pixels.
const ROOM: f64 = 12.0;

impl Scene<'_> {
    pub(super) fn value(&self, pen: &mut dyn Pen, top: Length, strip: Length, lane: &ResourceLane) {
        let (end, all) = (self.timeline.end, lane.accesses.all());
        let (lost, _) = lane.accesses.lost_at(end);
        let (first, last) = self.seen();
        let (height, middle) = (Length::pixels(VALUE), top + Length::pixels(VALUE / 2.0));
        let colour = |by: Option<TaskId>| by.map_or(Colour::Muted, Colour::Task);
        let mut writings = all.iter().enumerate().filter(|(_, access)| access.writes).peekable();
        // What it is before anybody has written it.
        let initial = all.first().filter(|access| !access.writes).map(|access| access.value);
        let until = writings.peek().map_or(end, |(_, next)| next.time);
        if let Some(value) = initial.filter(|_| until >= first && pen.shows(lane.created, until)) {
            self.alpha(pen, 0.8, None);
            let across = Across::Between { from: lane.created, to: until, inset: 0.5 };
            pen.outline(across, top, height, Colour::Grid, 1.0);
            self.written(pen, (lane.created, until), middle, value);
        }
        while let Some((n, access)) = writings.next() {
            let to = writings.peek().map_or(end, |(_, next)| next.time);
            if to < first || access.time > last || lost.get(n).is_none() {
                continue;
            }
            let own = colour(access.by);
            if pen.shows(access.time, to) {
                let across = Across::Between { from: access.time, to, inset: 0.5 };
                self.alpha(pen, if lost[n] { 0.9 } else { 0.4 }, access.by);
                if lost[n] {
                    pen.hatching(across, top, height, Hatch::Rising, own);
                } else {
                    pen.block(across, top, height, own, 0.0);
                }
                self.written(pen, (access.time, to), middle, access.value);
            }
            self.alpha(pen, 1.0, access.by);
            let foot = top + height;
            pen.drop(access.time, top, foot, 2.5, Dash::Whole, own);
            if lost[n] && !self.pale {
                pen.sign(access.time, 7.0, top + Length::pixels(5.0), "×", Colour::Danger);
            }
        }
        let mut pixel = f64::NEG_INFINITY;
        for (n, access) in all.iter().enumerate() {
            // Who looks at what it wrote itself learns nothing.
            let own = access.of.is_some_and(|of| all[of as usize].by == access.by);
            if access.writes || own || !(first..=last).contains(&access.time) || n >= lost.len() {
                continue;
            }
            if let Some(scale) = self.scale {
                let here = scale.x(access.time).floor();
                if here == pixel {
                    continue;
                }
                pixel = here;
            }
            self.alpha(pen, 1.0, access.by);
            let tip = strip + Length::pixels(2.0);
            pen.drop(
                access.time,
                tip,
                strip + Length::pixels(WAITING - 3.0),
                1.5,
                Dash::Whole,
                colour(access.by),
            );
            pen.tip(access.time, tip, false, colour(access.by));
        }
    }

    /// A value on its stretch.
    fn written(&self, pen: &mut dyn Pen, (from, to): (f64, f64), middle: Length, value: f64) {
        if self.pale {
            return;
        }
        let text = value.to_string();
        let room = 7.0 * text.len() as f64 + ROOM;
        let label =
            Label { text, colour: Colour::Ink, size: 11.0, bold: true, grounded: true, room };
        self.alpha(pen, 1.0, None);
        pen.label(from, to, middle, label);
    }
}
