//! What the stage shows, for whoever takes it along.

use crate::ui::player::StageProps;
use chart::Flag;
use std::cell::RefCell;

thread_local! {
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// What the stage shows.
#[derive(Clone)]
pub struct Told {
    /// What it is given.
    pub stage: StageProps,
    /// The run that is shown of it: the live one, where there is one.
    pub shown: timeline::Shared,
}

impl Told {
    /// What is noted, as the chart marks it.
    pub fn flags(&self) -> Vec<Flag> {
        let notes = self.stage.notes.iter().enumerate();
        notes.map(|(n, note)| Flag { time: note.from, text: (n + 1).to_string() }).collect()
    }
}

/// This is shown from now on.
pub fn tell(told: Told) {
    TOLD.with(|last| *last.borrow_mut() = Some(told));
}

/// What is shown; none where there is no stage.
pub fn told() -> Option<Told> {
    TOLD.with(|last| last.borrow().clone())
}
