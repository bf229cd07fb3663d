//! How far the reader has come with the exercises.

use crate::ui::shell::store;
use examples::{Attempt, CATALOGUE, Example};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Before the names of exercises that were solved.
const SOLVED: &str = "coroscope.solved.";

/// The exercise that is open, if one is, and those solved.
pub struct Progress {
    /// The checks of the one that is open, with whether they hold.
    pub checks: Vec<(&'static str, bool)>,
    /// Whether its answer was looked at since it was opened.
    pub answered: bool,
    /// Solved here and on earlier visits.
    pub solved: Rc<BTreeSet<&'static str>>,
}

impl Progress {
    /// As the reader left it.
    pub fn remembered() -> Self {
        let exercises = CATALOGUE.iter().filter(|example| example.exercise.is_some());
        let is_solved = |id: &&str| store::get(&format!("{SOLVED}{id}")).is_some();
        let solved = exercises.map(|example| example.id).filter(is_solved).collect();
        Progress { checks: Vec::new(), answered: false, solved: Rc::new(solved) }
    }

    /// Judges a run. All green solves the exercise, but not by its answer.
    pub fn judge(&mut self, example: &Example, attempt: &Attempt) {
        let checks = example.exercise.map_or(&[][..], |exercise| exercise.checks);
        self.checks = checks.iter().map(|check| (check.key, (check.holds)(attempt))).collect();
        let green = !self.checks.is_empty() && self.checks.iter().all(|(_, holds)| *holds);
        if green && !self.answered && !self.solved.contains(example.id) {
            store::set(&format!("{SOLVED}{}", example.id), "yes");
            Rc::make_mut(&mut self.solved).insert(example.id);
        }
    }
}
