//! What the loop runs by itself, told by order: callbacks, timers, and which turn each is.

use super::{Across, Label, Pen, Scene};
use crate::layout::Placed;
use crate::length::Length;
use crate::palette::Colour;
use timeline::Call;
use trace::HandleKind;

/// Height of a callback's block, in pixels.
const BLOCK: f64 = 22.0;

impl Scene<'_> {
    /// The callbacks, each in its column, as far as the run has come.
    pub(super) fn calls(&self, pen: &mut dyn Pen, placed: &Placed) {
        let middle = placed.top + Length::pixels(placed.height.pixels / 2.0);
        let calls = self.columns.map_or(&[][..], |columns| columns.calls());
        let (first, last) = self.seen();
        let seen =
            |call: &&Call| call.from <= self.timeline.end && call.to >= first && call.from <= last;
        for call in calls.iter().filter(seen) {
            let (colour, alpha) = match call.kind {
                HandleKind::Callback | HandleKind::DoneCallback => (Colour::Accent, 1.0),
                HandleKind::Internal => (Colour::Muted, 0.3),
                HandleKind::Timeout => (Colour::Danger, 0.8),
                HandleKind::Sleep | HandleKind::Network => (Colour::Muted, 0.8),
            };
            self.alpha(pen, alpha, None);
            let across = Across::Between { from: call.from, to: call.to, inset: 0.0 };
            let top = middle - Length::pixels(BLOCK / 2.0);
            pen.block(across, top, Length::pixels(BLOCK), colour, 3.0);
            if call.kind != HandleKind::Internal {
                self.turn(pen, call.from, call.to, middle, Colour::OnBar);
            }
        }
    }

    /// The number of the turn in a column, from 1.
    pub(super) fn turn(
        &self,
        pen: &mut dyn Pen,
        from: f64,
        to: f64,
        middle: Length,
        colour: Colour,
    ) {
        if self.pale {
            return;
        }
        let text = (from.floor() + 1.0).to_string();
        let room = 6.0 + 7.0 * text.len() as f64;
        self.alpha(pen, 1.0, None);
        let label = Label { text, colour, size: 11.0, bold: true, grounded: false, room };
        pen.label(from, to, middle, label);
    }
}
