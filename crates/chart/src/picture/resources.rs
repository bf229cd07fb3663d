//! The rows of resources: permits with their holders, depths of queues, and how many tasks wait.

use super::{Across, Dash, Label, Pen, Scene};
use crate::layout::{FLAG, PADDING, PERMIT, PERMITS_SHOWN, Placed, WAITING};
use crate::length::Length;
use crate::palette::Colour;
use timeline::ResourceLane;

impl Scene<'_> {
    pub(super) fn resource(&self, pen: &mut impl Pen, placed: &Placed, lane: &ResourceLane) {
        let top = placed.top + Length::pixels(PADDING);
        let strip = placed.top + placed.height - Length::pixels(PADDING + WAITING);
        if let Some(slots) = lane.slots() {
            self.permits(pen, top, lane, slots);
        } else if let Some(bound) = lane.depth_bound() {
            self.depth(pen, strip, placed.height.pixels - 2.0 * PADDING - WAITING, lane, bound);
        }
        self.signals(pen, top, lane);
        self.waiting(pen, strip, lane);
    }

    /// When a flag was set, and when a condition was notified.
    fn signals(&self, pen: &mut impl Pen, top: Length, lane: &ResourceLane) {
        let (height, middle) = (Length::pixels(FLAG), top + Length::pixels(FLAG / 2.0));
        for raised in &lane.raised {
            let to = raised.to.unwrap_or(self.timeline.end);
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
        for notice in &lane.notices {
            self.alpha(pen, 0.95, notice.by);
            pen.tip(notice.time, middle + Length::pixels(4.0), true, Colour::Accent);
            if !self.pale && notice.count > 1 {
                pen.sign(notice.time, 11.0, middle, &format!("×{}", notice.count), Colour::Ink);
            }
        }
    }

    fn permits(&self, pen: &mut impl Pen, top: Length, lane: &ResourceLane, limit: usize) {
        let line = |permit: usize| top + Length::pixels(permit as f64 * PERMIT + PERMIT / 2.0);
        self.alpha(pen, 0.7, None);
        for permit in 0..limit.clamp(1, PERMITS_SHOWN) {
            let axis = Across::Axis { from: lane.created };
            pen.block(axis, line(permit), Length::pixels(1.0), Colour::Grid, 0.0);
        }
        for hold in lane.holds.iter().filter(|hold| hold.permit < PERMITS_SHOWN) {
            self.alpha(pen, 0.95, hold.holder);
            let colour = hold.holder.map_or(Colour::Muted, Colour::Task);
            let across = Across::Between { from: hold.from, to: hold.to, inset: 0.5 };
            let height = PERMIT - 4.0;
            let top = line(hold.permit) + Length::pixels(0.5 - height / 2.0);
            pen.block(across, top, Length::pixels(height), colour, 4.0);
        }
    }

    fn depth(
        &self,
        pen: &mut impl Pen,
        bottom: Length,
        height: f64,
        lane: &ResourceLane,
        bound: Option<usize>,
    ) {
        let end = self.timeline.end;
        let most = lane.depth.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
        let full = most.max(bound.unwrap_or(0)).max(1) as f64;
        let y = |depth: usize| bottom - Length::pixels(depth as f64 / full * (height - 4.0));
        let steps: Vec<_> = lane.depth.iter().map(|(time, depth)| (*time, y(*depth))).collect();
        self.alpha(pen, 0.95, None);
        pen.steps(&steps, end, bottom, Colour::Accent);
        if let Some(bound) = bound {
            self.alpha(pen, 0.8, None);
            let across = Across::Between { from: lane.created, to: end, inset: 0.0 };
            pen.rule(across, y(bound), 1.0, Dash::Broken(5, 4), Colour::Danger);
        }
    }

    /// A strip, darker the more tasks wait, with their number.
    fn waiting(&self, pen: &mut impl Pen, top: Length, lane: &ResourceLane) {
        let height = Length::pixels(WAITING - 3.0);
        for (n, (from, waiting)) in lane.waiting.iter().enumerate() {
            let to = lane.waiting.get(n + 1).map_or(self.timeline.end, |(next, _)| *next);
            if *waiting == 0 || !pen.shows(*from, to) {
                continue;
            }
            self.alpha(pen, (0.14 + 0.09 * *waiting as f64).min(0.7), None);
            let across = Across::Between { from: *from, to, inset: 0.0 };
            pen.block(across, top + Length::pixels(2.0), height, Colour::Muted, 0.0);
            if !self.pale {
                let label = Label {
                    text: waiting.to_string(),
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
}
