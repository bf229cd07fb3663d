//! A run told by its order, as the chart draws it.

use crate::ui::shared::Shared;
use chart::Layout;
use timeline::{Columns, Order};

/// A run told by its order.
pub struct Ordered {
    /// The order.
    pub order: Shared<Order>,
    /// A column for each turn of the loop.
    pub columns: Columns,
    /// The run, with columns for times.
    pub timeline: timeline::Shared,
    /// The rows.
    pub layout: Shared<Layout>,
}

impl Ordered {
    /// Tells a run by its order.
    pub fn of(order: &Shared<Order>) -> Self {
        let columns = Columns::of(order);
        let timeline = timeline::Shared::new(columns.events(), columns.end());
        let layout = Shared::new(Layout::ordered(&timeline.look()));
        Ordered { order: order.clone(), columns, timeline, layout }
    }

    /// What has happened at a place.
    pub fn until(&self, place: usize) -> timeline::Shared {
        timeline::Shared::new(self.columns.before(place), self.columns.column(place))
    }

    /// Loop time at a column, in seconds.
    pub fn time(&self, column: f64) -> f64 {
        self.order.time(self.columns.place(column))
    }
}
