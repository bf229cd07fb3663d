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
    /// The first, and whether it has ended: it is what `asyncio.run` runs.
    main: Option<TaskId>,
    main_ended: bool,
    /// Those that were made after that.
    late: BTreeSet<TaskId>,
}

impl Lives {
    /// Takes the next event into account.
    pub fn apply(&mut self, event: &Event, tell: Tell) {
        use Life::{Eager, Over, Ready, Running, Waiting};
        match &event.kind {
            EventKind::TaskCreated { task, eager, .. } => {
                self.main.get_or_insert(*task);
                if self.main_ended {
                    self.late.insert(*task);
                }
                if self.of.insert(*task, if *eager { Eager } else { Ready }).is_some() {
                    tell(format!("{task:?} is made twice"));
                }
            }
            EventKind::StepBegan { task, .. } => self.goes(*task, &[Eager, Ready], Running, tell),
            EventKind::Suspended { task, .. } => self.goes(*task, &[Running], Waiting, tell),
            EventKind::Woken { task, .. } => self.goes(*task, &[Waiting], Ready, tell),
            EventKind::Finished { task, .. } => {
                self.main_ended |= self.main == Some(*task);
                self.goes(*task, &[Running], Over, tell);
            }
            _ => {}
        }
    }

    /// Whether a step of a task runs.
    pub fn any_running(&self) -> bool {
        self.running > 0
    }

    /// Every task has ended that was there when `asyncio.run` began to cancel all.
    pub fn all_ended(&self, tell: Tell) {
        let open = self.of.iter().filter(|(_, life)| **life != Life::Over);
        for (task, life) in open.filter(|(task, _)| !self.late.contains(task)) {
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
