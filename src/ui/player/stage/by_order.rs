//! The run as it is told by its order.

use super::super::ordered::Ordered;
use super::{Stage, StageProps};
use crate::ui::shared::Shared;
use yew::prelude::*;

impl Stage {
    /// Tells the pinned run by its order, if that is drawn.
    pub(super) fn order_ghost(&mut self, props: &StageProps) {
        let pinned = props.pinned.as_ref().filter(|_| self.ordered.is_some());
        self.ghost_ordered = pinned.map(|pinned| Shared::new(Ordered::of(&pinned.order)));
    }

    /// The run told by its order, if it is to be.
    pub(super) fn by_order(&self, ctx: &Context<Self>, by_order: bool) -> Option<Shared<Ordered>> {
        by_order.then(|| Shared::new(Ordered::of(&self.run(ctx.props()).order)))
    }

    /// Tells the run by its order anew, if that is drawn: it is another one.
    pub(super) fn order_anew(&mut self, ctx: &Context<Self>) {
        self.ordered = self.by_order(ctx, self.ordered.is_some());
    }
}
