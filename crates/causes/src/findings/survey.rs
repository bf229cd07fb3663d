//! One pass over the events, for what shows in their order.

use super::{Finding, Found, cancelled, siblings};
use std::collections::HashMap;
use trace::{Actor, EventKind, Outcome, Site, TaskId, Wait};

/// What is known of a task at a place of the order.
#[derive(Default)]
pub(super) struct Known {
    /// What it waits for, where, and since which event.
    pub wait: Option<(Wait, Option<Site>, usize)>,
    /// Which event woke it for the step to come, and whether that was a request to cancel itself.
    pub woken: Option<(usize, bool)>,
    /// Requests to cancel itself that come from another task's step, or from outside, since it runs; and whether its
    /// wait was over by then.
    pub asked: Vec<(usize, Actor, bool)>,
    /// What was thrown away by the first of them that came when its wait was over: unless the task does not end by it.
    pub thrown: Option<Finding>,
    /// How it ended.
    pub ended: Option<(usize, Outcome)>,
    /// A wait that was over, and by which event, while it has not got what it waited for.
    pub promised: Option<(Wait, usize)>,
}

/// All tasks.
pub(super) type Tasks = HashMap<TaskId, Known>;

/// Goes through the events.
pub(super) fn find(found: &mut Found) {
    let mut tasks = Tasks::default();
    let events = found.causes.events();
    for (n, event) in events.iter().enumerate() {
        match &event.kind {
            EventKind::Suspended { task, wait, at } => {
                cancelled::overtaken(found, &mut tasks, n, *task, wait);
                let known = tasks.entry(*task).or_default();
                known.wait = Some((wait.clone(), at.clone(), n));
                known.woken = None;
            }
            EventKind::CancelRequested { task, by } => {
                cancelled::asked(found, &mut tasks, n, *task, *by);
            }
            EventKind::Woken { task, .. } => {
                let before = n.checked_sub(1).map(|before| &events[before].kind);
                let cancel = matches!(before, Some(EventKind::CancelRequested { task: asked, .. }) if asked == task);
                siblings::left(found, &tasks, n, *task);
                let known = tasks.entry(*task).or_default();
                if known.woken.is_none() {
                    known.woken = Some((n, cancel));
                }
            }
            EventKind::StepBegan { task, .. } => {
                let known = tasks.entry(*task).or_default();
                let wait = known.wait.take();
                known.promised = match (wait, known.woken.take()) {
                    (Some((wait, ..)), Some((woken, false))) => Some((wait, woken)),
                    _ => None,
                };
            }
            EventKind::QueueGot { task: Some(task), .. }
            | EventKind::QueuePut { task: Some(task), .. }
            | EventKind::PermitTaken { holder: Some(task), .. } => {
                tasks.entry(*task).or_default().promised = None;
            }
            EventKind::Finished { task, outcome } => {
                cancelled::swallowed(found, &mut tasks, n, *task, outcome);
                tasks.entry(*task).or_default().ended = Some((n, outcome.clone()));
            }
            _ => {}
        }
    }
    // In the order of tasks: the map has none.
    let mut thrown: Vec<Finding> = tasks.into_values().filter_map(|known| known.thrown).collect();
    thrown.sort_by_key(|finding| finding.event);
    thrown.into_iter().for_each(|finding| found.add(finding));
}
