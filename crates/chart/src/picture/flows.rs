//! Who created, woke and cancelled whom.

use super::{Dash, Pen, Scene};
use crate::palette::Colour;
use timeline::FlowKind;

impl Scene<'_> {
    pub(super) fn flows(&self, pen: &mut impl Pen) {
        let middles = self.middles();
        for flow in &self.timeline.flows {
            let (Some(from), Some(to)) = (middles.get(&flow.from), middles.get(&flow.to)) else {
                continue;
            };
            let mine = self.selected == Some(flow.from) || self.selected == Some(flow.to);
            let (colour, alpha, dash) = match flow.kind {
                FlowKind::Created => (Colour::Muted, 0.25, Dash::Broken(1, 3)),
                FlowKind::Woke => (Colour::Muted, 0.6, Dash::Whole),
                FlowKind::Cancelled => (Colour::Danger, 0.8, Dash::Broken(4, 2)),
            };
            let factor = if self.selected.is_some() && !mine { 0.3 } else { 1.0 };
            pen.alpha(alpha * factor);
            pen.drop(flow.time, *from, *to, if mine { 1.75 } else { 1.0 }, dash, colour);
            if flow.kind != FlowKind::Created {
                pen.tip(flow.time, *to, to.rows > from.rows, colour);
            }
        }
    }
}
