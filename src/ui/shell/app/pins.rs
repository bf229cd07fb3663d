//! The run that others are compared with.

use super::App;
use crate::ui::shared::Shared;
use crate::ui::shell::prediction::Prediction;
use crate::ui::whatif::{Pinned, Source};
use examples::{Args, Example};

impl App {
    /// The run on the page, to be compared with others.
    pub(super) fn pin(&self, kept: bool) -> Shared<Pinned> {
        pinned(self.example, (*self.args).clone(), kept, &self.prediction)
    }

    /// Compares what comes with what is on the page, unless the reader has pinned something else.
    pub(super) fn show_before(&mut self) {
        if self.kept().is_none() {
            self.pinned = Some(self.pin(false));
        }
    }

    /// The run that the reader has pinned.
    pub(super) fn kept(&self) -> Option<Shared<Pinned>> {
        self.pinned.clone().filter(|pinned| pinned.kept)
    }
}

/// A run of an example, to be compared with others.
fn pinned(example: &'static Example, args: Args, kept: bool, run: &Prediction) -> Shared<Pinned> {
    let (timeline, order) = (run.timeline.clone(), run.order.clone());
    let source = Source::Example(example, args);
    Shared::new(Pinned { source, kept, timeline, order, real: false })
}

/// The run that a link pins.
pub fn of_link((example, args): (&'static Example, Args)) -> Shared<Pinned> {
    let run = Prediction::of(example, &args);
    pinned(example, args, true, &run)
}
