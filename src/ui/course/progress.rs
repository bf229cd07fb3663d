//! How far the reader has come: what was read, and which exercises were solved.

use crate::ui::shell::store;
use examples::{Attempt, CATALOGUE, Check, Example, Found};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Before the names of exercises that were solved.
const SOLVED: &str = "coroscope.solved.";

/// Before the names of examples that were read.
const READ: &str = "coroscope.read.";

/// A check of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The key of what it says among the words.
    pub key: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// What was found, where it is a matter of how much.
    pub found: Option<Found>,
}

/// The exercise that is open, if one is, and those solved.
pub struct Progress {
    /// The checks of the one that is open, with whether they hold.
    pub checks: Vec<Judged>,
    /// Whether its answer was looked at since it was opened.
    pub answered: bool,
    /// Solved here and on earlier visits.
    pub solved: Rc<BTreeSet<&'static str>>,
    /// Examples read here and on earlier visits.
    pub read: Rc<BTreeSet<&'static str>>,
}

impl Progress {
    /// As the reader left it.
    pub fn remembered() -> Self {
        let exercises = CATALOGUE.iter().filter(|example| example.exercise.is_some());
        let is_solved = |id: &&str| store::get(&format!("{SOLVED}{id}")).is_some();
        let solved = exercises.map(|example| example.id).filter(is_solved).collect();
        let is_read = |id: &&str| store::get(&format!("{READ}{id}")).is_some();
        let read = CATALOGUE.iter().map(|example| example.id).filter(is_read).collect();
        Progress {
            checks: Vec::new(),
            answered: false,
            solved: Rc::new(solved),
            read: Rc::new(read),
        }
    }

    /// An example has been read.
    pub fn has_read(&mut self, id: &'static str) {
        if Rc::make_mut(&mut self.read).insert(id) {
            store::set(&format!("{READ}{id}"), "yes");
        }
    }

    /// Judges a run. All green solves the exercise, but not by its answer.
    pub fn judge(&mut self, example: &Example, attempt: &Attempt) {
        self.checks = judged(example, attempt);
        let green = !self.checks.is_empty() && self.checks.iter().all(|check| check.holds);
        if green && !self.answered {
            self.solve(example.id);
        }
    }

    /// An exercise is solved.
    pub fn solve(&mut self, id: &'static str) {
        if Rc::make_mut(&mut self.solved).insert(id) {
            store::set(&format!("{SOLVED}{id}"), "yes");
        }
    }
}

/// What the checks of an exercise say of a run; nothing, where it is none.
pub fn judged(example: &Example, attempt: &Attempt) -> Vec<Judged> {
    let Some(exercise) = example.exercise else { return Vec::new() };
    let judge = |check: &Check| Judged {
        key: check.key,
        holds: (check.holds)(attempt),
        found: exercise.found(check.key, attempt),
    };
    exercise.checks.iter().map(judge).collect()
}
