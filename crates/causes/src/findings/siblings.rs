//! Tasks that go on though nobody waits for them any more.

use super::survey::Tasks;
use super::{Finding, Flaw, Found};
use crate::MOMENT;
use trace::{Actor, Event, EventKind, GroupOp, Outcome, TaskId, Wait};

/// Tells that a task is woken from a `gather` of which one has failed and others go on.
pub(super) fn left(found: &mut Found, tasks: &Tasks, n: usize, task: TaskId) {
    let Some((Wait::Tasks { op: GroupOp::Gather, tasks: all }, at, _)) =
        tasks.get(&task).and_then(|known| known.wait.as_ref())
    else {
        return;
    };
    let ended = |task: &TaskId| tasks.get(task).and_then(|known| known.ended.as_ref());
    let failed = all.iter().find(|task| matches!(ended(task), Some((_, Outcome::Failed(_)))));
    let Some(failed) = failed else { return };
    let now = found.time(n);
    let goes_on = all.iter().filter(|task| ended(task).is_none()).filter_map(|task| {
        let lane = found.timeline.task(*task)?;
        Some((lane.ended.unwrap_or(found.timeline.end) - now, *task))
    });
    let mut left: Vec<(f64, TaskId)> = goes_on.filter(|(length, _)| *length > MOMENT).collect();
    forgive(&found.causes.events()[n..], task, &mut left);
    let Some((seconds, other)) = left.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0)) else {
        return;
    };
    let (task, other, site) = (Some(*failed), Some(other), at.clone());
    let finding = Found::plain(Flaw::SiblingsLeft, n, seconds);
    found.add(Finding { task, other, site, number: left.len(), ..finding });
}

/// Takes away those that `task` cancels in the step for which it has been woken.
fn forgive(later: &[Event], task: TaskId, left: &mut Vec<(f64, TaskId)>) {
    let mut over = false;
    for event in later {
        match &event.kind {
            EventKind::CancelRequested { task: asked, by: Actor::Task(by) } if *by == task => {
                left.retain(|(_, other)| other != asked);
            }
            EventKind::Suspended { task: own, .. } | EventKind::Finished { task: own, .. } => {
                over |= *own == task;
            }
            // A recorder tells of requests when the step is over.
            EventKind::StepBegan { .. } | EventKind::IterationBegan { .. } if over => return,
            _ => {}
        }
    }
}
