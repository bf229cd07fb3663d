//! The rows of resources: permits with their holders, depths of queues, and how many tasks wait.

use super::{Across, Dash, Label, Pen, Scene};
use crate::layout::{FLAG, PADDING, PERMITS_SHOWN, Placed, WAITING, permit};
use crate::length::Length;
use crate::palette::Colour;
use timeline::ResourceLane;
use trace::ResourceKind;

/// Lines of permits that are higher than this have room for names, in pixels.
const NAMED: f64 = 12.0;
/// Most waits of a resource that are looked through for names of those in line.
const LISTED: usize = 64;

impl Scene<'_> {
    pub(super) fn resource(&self, pen: &mut dyn Pen, placed: &Placed, lane: &ResourceLane) {
        let top = placed.top + Length::pixels(PADDING);
        let strip = placed.top + placed.height - Length::pixels(PADDING + WAITING);
        if lane.kind == ResourceKind::Value {
            return self.value(pen, top, strip, lane);
        }
        if let Some(slots) = lane.slots() {
            self.permits(pen, top, lane, slots);
        } else if let Some(bound) = lane.depth_bound() {
            self.depth(pen, strip, placed.height.pixels - 2.0 * PADDING - WAITING, lane, bound);
        }
        self.signals(pen, top, lane);
        self.waiting(pen, strip, lane);
    }

    /// When a flag was set, and when a condition was notified.
    fn signals(&self, pen: &mut dyn Pen, top: Length, lane: &ResourceLane) {
        let (height, middle) = (Length::pixels(FLAG), top + Length::pixels(FLAG / 2.0));
        let (first, last) = self.seen();
        for raised in &lane.raised {
            let to = raised.to.unwrap_or(self.timeline.end);
            if to < first || raised.from > last {
                continue;
            }
            self.alpha(pen, 0.85, raised.by);
            let across = Across::Between { from: raised.from, to, inset: 0.0 };
            pen.block(across, top, height, Colour::Accent, 0.0);
            // Set and cleared within a moment it is still to be seen.
            pen.block(
                Across::Around { time: raised.from, width: 3.0 },
                top,
                height,
                Colour::Accent,
                0.0,
            );
        }
        let seen = |time: f64| (first..=last).contains(&time);
        for notice in lane.notices.iter().filter(|notice| seen(notice.time)) {
            self.alpha(pen, 0.95, notice.by);
            pen.tip(notice.time, middle + Length::pixels(4.0), true, Colour::Accent);
            if !self.pale && notice.count > 1 {
                pen.sign(notice.time, 11.0, middle, &format!("×{}", notice.count), Colour::Ink);
            }
        }
    }

    fn permits(&self, pen: &mut dyn Pen, top: Length, lane: &ResourceLane, limit: usize) {
        let each = permit(limit);
        let line = |permit: usize| top + Length::pixels(permit as f64 * each + each / 2.0);
        self.alpha(pen, 0.7, None);
        for permit in 0..limit.clamp(1, PERMITS_SHOWN) {
            let axis = Across::Axis { from: lane.created };
            pen.block(axis, line(permit), Length::pixels(1.0), Colour::Grid, 0.0);
        }
        let (first, last) = self.seen();
        // The pixel up to which each permit's line is drawn: thin holds in one pixel are one.
        let mut drawn = [f64::NEG_INFINITY; PERMITS_SHOWN];
        for hold in lane.holds.iter().filter(|hold| hold.permit < PERMITS_SHOWN) {
            if hold.to < first || hold.from > last {
                continue;
            }
            if let Some(scale) = self.scale {
                let (from, to) = (scale.x(hold.from), scale.x(hold.to));
                if to - from < 1.0 && from < drawn[hold.permit] {
                    continue;
                }
                drawn[hold.permit] = from.floor() + 1.0;
            }
            self.alpha(pen, 0.95, hold.holder);
            let colour = hold.holder.map_or(Colour::Muted, Colour::Task);
            let across = Across::Between { from: hold.from, to: hold.to, inset: 0.5 };
            let (named, middle) = (each > NAMED, line(hold.permit) + Length::pixels(0.5));
            let height = if named { each - 1.0 } else { each - 4.0 };
            let top = middle - Length::pixels(height / 2.0);
            pen.block(across, top, Length::pixels(height), colour, 4.0);
            let holder = hold.holder.and_then(|holder| self.timeline.task(holder));
            if let Some(holder) = holder.filter(|_| named && !self.pale) {
                let text = holder.name.to_string();
                let room = 6.0 * text.chars().count() as f64 + 10.0;
                let colour = Colour::on(holder.id);
                let label = Label { text, colour, size: 10.0, bold: false, grounded: false, room };
                pen.label(hold.from, hold.to, middle, label);
            }
        }
    }

    fn depth(
        &self,
        pen: &mut dyn Pen,
        bottom: Length,
        height: f64,
        lane: &ResourceLane,
        bound: Option<usize>,
    ) {
        let end = self.timeline.end;
        let most = lane.depth.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
        let full = most.max(bound.unwrap_or(0)).max(1) as f64;
        let y = |depth: usize| bottom - Length::pixels(depth as f64 / full * (height - 4.0));
        let steps = self.sparse(&lane.depth);
        let steps: Vec<_> = steps.into_iter().map(|(time, depth)| (time, y(depth))).collect();
        self.alpha(pen, 0.95, None);
        pen.steps(&steps, end, bottom, Colour::Accent);
        if let Some(bound) = bound {
            self.alpha(pen, 0.8, None);
            let across = Across::Between { from: lane.created, to: end, inset: 0.0 };
            pen.rule(across, y(bound), 1.0, Dash::Broken(5, 4), Colour::Danger);
        }
    }

    /// The names of those in line for a while, the first in front, where there is room for them.
    fn queue(&self, lane: &ResourceLane, (from, to): (f64, f64), waiting: usize) -> Option<String> {
        let (scale, (first, last)) = (self.scale?, self.seen());
        if lane.waits.len() > LISTED {
            return None;
        }
        let names: Vec<&str> =
            self.timeline.in_line(lane, from).map(|(task, _)| &*task.name).collect();
        let text = names.join(", ");
        let room = scale.x(to.min(last)) - scale.x(from.max(first));
        let wide = 5.5 * text.len() as f64 + 8.0;
        (names.len() == waiting && wide <= room).then_some(text)
    }

    /// A strip, darker the more tasks wait, with their names or their number.
    fn waiting(&self, pen: &mut dyn Pen, top: Length, lane: &ResourceLane) {
        let height = Length::pixels(WAITING - 3.0);
        let steps = self.sparse(&lane.waiting);
        for (n, (from, waiting)) in steps.iter().enumerate() {
            let to = steps.get(n + 1).map_or(self.timeline.end, |(next, _)| *next);
            if *waiting == 0 || !pen.shows(*from, to) {
                continue;
            }
            self.alpha(pen, (0.14 + 0.09 * *waiting as f64).min(0.7), None);
            let across = Across::Between { from: *from, to, inset: 0.0 };
            pen.block(across, top + Length::pixels(2.0), height, Colour::Muted, 0.0);
            if !self.pale {
                let named = self.queue(lane, (*from, to), *waiting);
                let label = Label {
                    text: named.unwrap_or_else(|| waiting.to_string()),
                    colour: Colour::Ink,
                    size: 10.0,
                    bold: false,
                    grounded: false,
                    room: 14.0,
                };
                self.alpha(pen, 1.0, None);
                pen.label(*from, to, top + Length::pixels(6.5), label);
            }
        }
    }

    /// Of values that change at moments those in view; of those that fall into one pixel the first, the greatest and
    /// the last.
    fn sparse(&self, steps: &[(f64, usize)]) -> Vec<(f64, usize)> {
        let Some(scale) = self.scale else { return steps.to_vec() };
        let (from, to) = scale.seen();
        let first = steps.partition_point(|(time, _)| *time <= from).saturating_sub(1);
        let after = steps.partition_point(|(time, _)| *time <= to).max(first);
        let mut sparse: Vec<(f64, usize)> = Vec::new();
        // Where the values of the pixel begin that is being filled.
        let (mut pixel, mut begin) = (f64::NEG_INFINITY, 0);
        for step in &steps[first..after] {
            let here = scale.x(step.0).floor();
            if here > pixel {
                (pixel, begin) = (here, sparse.len());
            }
            // No more than three of a pixel: the second gives way to a greater one.
            if let [_, second, third] = sparse[begin..] {
                sparse.truncate(begin + 1);
                sparse.push(if third.1 > second.1 { third } else { second });
            }
            sparse.push(*step);
        }
        sparse
    }
}
