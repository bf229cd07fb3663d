//! Who waits: nobody for what is there already, and nobody is passed by who stands behind.

use crate::Tell;
use crate::resources::Resources;
use std::collections::{BTreeMap, BTreeSet};
use trace::{Event, EventKind, GroupOp, Op, ResourceId, TaskId, TimeoutId, Wait};

struct Waiter {
    wait: Wait,
    /// Its place in any line: that of its suspension among all.
    place: u64,
    /// Whether it was asked to cancel itself, and so leaves the line.
    cancelled: bool,
}

/// All who wait.
#[derive(Default)]
pub struct Line {
    waiters: BTreeMap<TaskId, Waiter>,
    places: u64,
    /// Who was woken last in which line, and from which place of it.
    came: BTreeMap<TaskId, (ResourceId, u64)>,
    over: BTreeSet<TaskId>,
    /// Tasks whose step runs, and those of them that were asked in it to cancel themselves: they will be where they wait.
    running: BTreeSet<TaskId>,
    asked: BTreeSet<TaskId>,
    /// The tasks, each with how many had begun to wait before it, or were made.
    made: Vec<(TaskId, u64)>,
    /// Whose each timeout is.
    timeouts: BTreeMap<TimeoutId, TaskId>,
    /// How many tasks a condition has notified that were not woken yet.
    owed: BTreeMap<ResourceId, usize>,
}

impl Line {
    /// Takes the next event into account.
    pub fn apply(&mut self, event: &Event, tell: Tell) {
        match &event.kind {
            EventKind::Suspended { task, wait, .. } => {
                self.places += 1;
                let cancelled = self.asked.remove(task);
                let waiter = Waiter { wait: wait.clone(), place: self.places, cancelled };
                self.waiters.insert(*task, waiter);
                self.came.remove(task);
                self.running.remove(task);
            }
            EventKind::TaskCreated { task, .. } => {
                self.places += 1;
                self.made.push((*task, self.places));
            }
            EventKind::StepBegan { task, .. } => _ = self.running.insert(*task),
            EventKind::Woken { task, .. } => self.wake(*task, tell),
            EventKind::CancelRequested { task, .. } => self.cancel(*task),
            EventKind::TimeoutEntered { timeout, task, .. } => {
                self.timeouts.insert(*timeout, *task);
            }
            EventKind::TimeoutExpired { timeout } => {
                if let Some(task) = self.timeouts.get(timeout) {
                    self.cancel(*task);
                }
            }
            EventKind::PermitTaken { id, holder, .. } => {
                // Who has not stood in line takes one only where nobody stands there.
                let came = holder.and_then(|holder| self.came.get(&holder));
                let place =
                    came.filter(|(line, _)| line == id).map_or(u64::MAX, |(_, place)| *place);
                let first = self.first(*id, Op::Acquire);
                if let Some((task, _)) = first.filter(|(_, first)| *first < place) {
                    tell(format!("{holder:?} takes a permit of {id:?} before {task:?}"));
                }
            }
            EventKind::Notified { id, count, .. } => *self.owed.entry(*id).or_default() += count,
            EventKind::Finished { task, .. } => {
                self.over.insert(*task);
                self.running.remove(task);
            }
            EventKind::LoopClosed => {
                self.waiters.clear();
                self.owed.clear();
            }
            _ => {}
        }
    }

    /// Loop time moves by itself to `until`, or never: nobody waits for what is there.
    pub fn idle(&self, resources: &Resources, until: Option<f64>, tell: Tell) {
        for (task, waiter) in &self.waiters {
            let lost = match &waiter.wait {
                Wait::NextIteration => true,
                Wait::Sleep { until: due } => until.is_none_or(|until| *due < until),
                Wait::Task(other) => self.over.contains(other),
                // Those that were made since may be of the group, too.
                Wait::Tasks { op: GroupOp::TaskGroup, tasks } => {
                    let since = self.made.iter().filter(|(_, place)| *place > waiter.place);
                    let since = since.map(|(task, _)| task);
                    tasks.iter().chain(since).all(|task| self.over.contains(task))
                }
                Wait::Resource { id, op } => resources.is_there(*id, *op),
                _ => false,
            };
            if lost {
                tell(format!("{task:?} waits for {:?}, which is there", waiter.wait));
            }
        }
        for (id, count) in self.owed.iter().filter(|(_, count)| **count > 0) {
            tell(format!("{count} whom {id:?} notified were not woken"));
        }
    }

    /// The first in line, of those who stay in it.
    fn first(&self, id: ResourceId, op: Op) -> Option<(TaskId, u64)> {
        let wanted = Wait::Resource { id, op };
        let line = self.waiters.iter().filter(|(_, it)| it.wait == wanted && !it.cancelled);
        line.map(|(task, it)| (*task, it.place)).min_by_key(|(_, place)| *place)
    }

    fn cancel(&mut self, task: TaskId) {
        if let Some(waiter) = self.waiters.get_mut(&task) {
            waiter.cancelled = true;
        } else if self.running.contains(&task) {
            self.asked.insert(task);
        }
    }

    fn wake(&mut self, task: TaskId, tell: Tell) {
        let Some(waiter) = self.waiters.remove(&task) else { return };
        let Wait::Resource { id, op } = waiter.wait else { return };
        self.came.insert(task, (id, waiter.place));
        // Nobody stands in line for the others: jobs of a pool end in any order.
        let in_line = matches!(op, Op::Acquire | Op::Get | Op::Put | Op::Join | Op::Wait);
        if waiter.cancelled || !in_line {
            return;
        }
        if let Some((other, _)) = self.first(id, op).filter(|(_, place)| *place < waiter.place) {
            tell(format!("{task:?} is woken before {other:?}, which waits for {id:?} longer"));
        }
        if let (Op::Wait, Some(owed)) = (op, self.owed.get_mut(&id)) {
            *owed = owed.saturating_sub(1);
        }
    }
}
