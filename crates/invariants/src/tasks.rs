//! The life of each task: ready, running, waiting in turn, and over once.

use crate::Tell;
use std::collections::{BTreeMap, BTreeSet};
use trace::{Event, EventKind, TaskId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    /// Made to start at once.
    Eager,
    Ready,
    Running,
    Waiting,
    Over,
}

/// The lives of all.
#[derive(Default)]
pub struct Lives {
    of: BTreeMap<TaskId, Life>,
    running: usize,
    /// Of which it is said that they were freed before they had ended.
    told: BTreeSet<TaskId>,
}

impl Lives {
    /// Takes the next event into account.
    pub fn apply(&mut self, event: &Event, tell: Tell) {
        use Life::{Eager, Over, Ready, Running, Waiting};
        match &event.kind {
            EventKind::TaskCreated { task, eager, .. } => {
                if self.of.insert(*task, if *eager { Eager } else { Ready }).is_some() {
                    tell(format!("{task:?} is made twice"));
                }
            }
            EventKind::StepBegan { task, .. } => self.goes(*task, &[Eager, Ready], Running, tell),
            EventKind::Suspended { task, .. } => self.goes(*task, &[Running], Waiting, tell),
            EventKind::Woken { task, .. } => self.goes(*task, &[Waiting], Ready, tell),
            EventKind::Finished { task, .. } => self.goes(*task, &[Running], Over, tell),
            EventKind::Logged { log, .. } => self.told.extend(log.about),
            _ => {}
        }
    }

    /// Whether a step of a task runs.
    pub fn any_running(&self) -> bool {
        self.running > 0
    }

    /// Every task has ended, or it is said that it was freed before.
    pub fn all_ended(&self, tell: Tell) {
        let open = self.of.iter().filter(|(_, life)| **life != Life::Over);
        for (task, life) in open.filter(|(task, _)| !self.told.contains(task)) {
            tell(format!("{task:?} has never ended: it is {life:?}"));
        }
    }

    fn goes(&mut self, task: TaskId, from: &[Life], to: Life, tell: Tell) {
        let before = self.of.insert(task, to);
        if !before.is_some_and(|before| from.contains(&before)) {
            tell(format!("{task:?} becomes {to:?}, but was {before:?}"));
        }
        self.running += usize::from(to == Life::Running);
        self.running -= usize::from(before == Some(Life::Running)).min(self.running);
    }
}
