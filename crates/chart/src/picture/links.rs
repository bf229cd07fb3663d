//! Who created, woke and cancelled whom.

use super::{Dash, Pen, Scene};
use crate::palette::Colour;
use timeline::LinkKind;

impl Scene<'_> {
    pub(super) fn links(&self, pen: &mut impl Pen) {
        let middles = self.middles();
        for link in &self.timeline.links {
            let (Some(from), Some(to)) = (middles.get(&link.from), middles.get(&link.to)) else {
                continue;
            };
            let mine = self.selected == Some(link.from) || self.selected == Some(link.to);
            let (colour, alpha, dash) = match link.kind {
                LinkKind::Created => (Colour::Muted, 0.25, Dash::Broken(1, 3)),
                LinkKind::Woke => (Colour::Muted, 0.6, Dash::Whole),
                LinkKind::Cancelled => (Colour::Danger, 0.8, Dash::Broken(4, 2)),
            };
            let factor = if self.selected.is_some() && !mine { 0.3 } else { 1.0 };
            pen.alpha(alpha * factor);
            pen.drop(link.time, *from, *to, if mine { 1.75 } else { 1.0 }, dash, colour);
            if link.kind != LinkKind::Created {
                pen.tip(link.time, *to, to.rows > from.rows, colour);
            }
        }
    }
}
