//! The run of the example on the page, and the values that the next one is to have.

use crate::parts::Part;
use crate::ui::panels::Failure;
use crate::ui::shared::Shared;
use asyncio::RunError;
use chart::Layout;
use examples::{Args, Example};
use gloo_render::AnimationFrame;
use std::cell::RefCell;
use std::rc::Rc;
use timeline::Order;

/// Values that the next picture is to be of.
pub struct Wanted {
    /// Until that picture's turn comes.
    pub next: Rc<RefCell<Option<Args>>>,
    /// The same, and after that until the run with them is here.
    pub latest: Args,
    /// The picture.
    pub _frame: AnimationFrame,
}

/// A run as it is known before it is played.
#[derive(Default)]
pub struct Prediction {
    /// What happened.
    pub timeline: timeline::Shared,
    /// Its rows.
    pub layout: Shared<Layout>,
    /// What happened, one thing after another.
    pub order: Shared<Order>,
    /// How it came to a bad end, if it did.
    pub failure: Option<Failure>,
}

impl Prediction {
    /// Runs an example with these values; nothing happens in an example whose program has not come.
    pub fn of(example: &'static Example, args: &Args) -> Self {
        if !Part::of(example).is_here() {
            return Prediction::default();
        }
        let recorded = run::instant(example, args, crate::BUDGET);
        let timeline = timeline::Shared::new(&recorded.events, recorded.end);
        let layout = Shared::new(Layout::of(&timeline.look()));
        let order = Shared::new(Order::new(recorded.events));
        Prediction { timeline, layout, order, failure: recorded.error.map(Failure) }
    }

    /// How high the chart should be at least, with what is around it in its panel, in pixels.
    pub fn room(&self) -> f64 {
        let notice = match &self.failure {
            Some(Failure(RunError::Stuck(stuck))) => 60.0 + 22.0 * stuck.blocked.len() as f64,
            Some(_) => 50.0,
            None => 0.0,
        };
        190.0 + notice + self.layout.least()
    }
}
