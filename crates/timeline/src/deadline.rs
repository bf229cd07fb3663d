//! Timeouts, and what they and other requests to cancel lead to.

use crate::{TaskLane, Timeline};
use trace::{Actor, TaskId, TimeoutId};

/// A timeout that a task was in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deadline {
    /// The timeout.
    pub timeout: TimeoutId,
    /// Who was in it.
    pub task: TaskId,
    /// Since when.
    pub from: f64,
    /// When it was due, as it was last set; `None` for never.
    pub due: Option<f64>,
    /// When it came due and asked its task to cancel itself.
    pub expired: Option<f64>,
    /// When the task left it.
    pub left: Option<f64>,
}

impl Deadline {
    /// When it came due with the task still in it, whether or not that was needed; `None` if the task had left it
    /// before.
    pub fn reached(&self) -> Option<f64> {
        self.due.filter(|due| self.left.is_none_or(|left| left >= *due))
    }
}

/// A stretch of a task's life from a request to cancel itself to what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cleanup {
    /// When it was asked.
    pub from: f64,
    /// When it left the timeout that had asked, or ended; or the end of the timeline while it does neither.
    pub to: f64,
    /// By whom it was asked.
    pub by: Actor,
}

impl Timeline {
    /// A timeout.
    pub fn deadline(&self, id: TimeoutId) -> Option<&Deadline> {
        self.deadlines.iter().rev().find(|deadline| deadline.timeout == id)
    }

    /// The stretches in which a task has been asked to cancel itself and is not done with it: it is told at its
    /// next step, may have to clean up, and may take as long as it likes.
    pub fn cleanups<'a>(&'a self, lane: &'a TaskLane) -> impl Iterator<Item = Cleanup> + 'a {
        let end = lane.ended.unwrap_or(self.end);
        lane.cancels.iter().map(move |cancel| {
            let own = match cancel.by {
                Actor::Timeout(id) => self.deadline(id).filter(|deadline| deadline.task == lane.id),
                _ => None,
            };
            let to = own.and_then(|deadline| deadline.left).unwrap_or(end);
            Cleanup {
                from: cancel.time,
                to: to.max(cancel.time).min(end.max(cancel.time)),
                by: cancel.by,
            }
        })
    }
}
