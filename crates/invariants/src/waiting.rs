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
    /// Whether it was asked where it waits: who is asked in its own step may have taken that back.
    struck: bool,
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
    /// Whom a condition has notified, until they have its lock again.
    notified: BTreeMap<TaskId, Notified>,
}

/// Somebody whom a condition has notified.
struct Notified {
    id: ResourceId,
    /// Whether it has the lock again.
    locked: bool,
    /// Whether it was cancelled before it went on: then another gets the notification.
    cancelled: bool,
    /// Whether another has.
    passed: bool,
}

impl Line {
    /// Takes the next event into account.
    pub fn apply(&mut self, event: &Event, tell: Tell) {
        match &event.kind {
            EventKind::Suspended { task, wait, .. } => {
                self.places += 1;
                let cancelled = self.asked.remove(task);
                let wait = wait.clone();
                let waits = matches!(wait, Wait::Resource { op: Op::Acquire, .. });
                let waiter = Waiter { wait, place: self.places, cancelled, struck: false };
                self.waiters.insert(*task, waiter);
                self.came.remove(task);
                self.running.remove(task);
                // Perhaps it waits for the lock.
                if !waits || self.notified.get(task).is_some_and(|it| it.locked) {
                    self.went_on(*task, tell);
                }
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
            EventKind::TimeoutExpired { timeout } => match self.timeouts.get(timeout) {
                Some(task) => self.cancel(*task),
                None => tell(format!("{timeout:?} expires, and nobody is in it")),
            },
            EventKind::TimeoutLeft { timeout } => _ = self.timeouts.remove(timeout),
            EventKind::PermitTaken { id, holder, .. } => {
                if let Some(notified) = holder.and_then(|it| self.notified.get_mut(&it)) {
                    notified.locked = true;
                }
                // Who has not stood in line takes one only where nobody stands there.
                let came = holder.and_then(|holder| self.came.get(&holder));
                let place =
                    came.filter(|(line, _)| line == id).map_or(u64::MAX, |(_, place)| *place);
                let first = self.first(*id, Op::Acquire);
                if let Some((task, _)) = first.filter(|(_, first)| *first < place) {
                    tell(format!("{holder:?} takes a permit of {id:?} before {task:?}"));
                }
            }
            EventKind::Notified { id, task, count } => {
                *self.owed.entry(*id).or_default() += count;
                let by = task.and_then(|task| self.notified.get_mut(&task));
                if let Some(by) = by.filter(|by| by.id == *id) {
                    by.passed |= *count > 0;
                }
            }
            EventKind::Finished { task, .. } => {
                self.went_on(*task, tell);
                self.over.insert(*task);
                self.running.remove(task);
            }
            EventKind::LoopClosed => {
                self.waiters.clear();
                self.owed.clear();
                self.notified.clear();
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
            if waiter.struck && can_be_left(&waiter.wait) {
                tell(format!("{task:?} was cancelled, and waits for {:?}", waiter.wait));
            }
        }
        for (id, at) in resources.barriers() {
            let wanted = Wait::Resource { id, op: Op::Wait };
            let here = self.waiters.values().filter(|waiter| waiter.wait == wanted).count();
            // A coroutine that no task runs any more may be at it.
            if here > at {
                tell(format!("{here} wait at {id:?}, and only {at} were let in"));
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

    /// A task has gone on behind a condition, as far as it was notified by one.
    fn went_on(&mut self, task: TaskId, tell: Tell) {
        let Some(Notified { id, cancelled: true, passed: false, .. }) = self.notified.remove(&task)
        else {
            return;
        };
        // Itself it may wait there again.
        if let Some((other, _)) = self.first(id, Op::Wait).filter(|(other, _)| *other != task) {
            tell(format!(
                "{task:?} was notified by {id:?} and cancelled, and {other:?} is not woken"
            ));
        }
    }

    fn cancel(&mut self, task: TaskId) {
        if let Some(notified) = self.notified.get_mut(&task)
            && !self.running.contains(&task)
        {
            notified.cancelled = true;
        }
        if let Some(waiter) = self.waiters.get_mut(&task) {
            (waiter.cancelled, waiter.struck) = (true, true);
        } else if self.running.contains(&task) {
            self.asked.insert(task);
        }
    }

    fn wake(&mut self, task: TaskId, tell: Tell) {
        let Some(waiter) = self.waiters.remove(&task) else { return };
        if let (Wait::Tasks { op: GroupOp::TaskGroup, tasks }, false) =
            (&waiter.wait, waiter.cancelled)
            && let Some(other) = tasks.iter().find(|task| !self.over.contains(task))
        {
            tell(format!("{task:?} is woken, and {other:?} of its group has not ended"));
        }
        let Wait::Resource { id, op } = waiter.wait else { return };
        self.came.insert(task, (id, waiter.place));
        if waiter.cancelled || !stands_in_line(op) {
            return;
        }
        if let Some((other, _)) = self.first(id, op).filter(|(_, place)| *place < waiter.place) {
            tell(format!("{task:?} is woken before {other:?}, which waits for {id:?} longer"));
        }
        if let (Op::Wait, Some(owed)) = (op, self.owed.get_mut(&id)) {
            *owed = owed.saturating_sub(1);
            self.notified
                .insert(task, Notified { id, locked: false, cancelled: false, passed: false });
        }
    }
}

/// Whether who is cancelled while it waits for this goes on at once.
fn can_be_left(wait: &Wait) -> bool {
    match wait {
        Wait::Sleep { .. } => true,
        Wait::Resource { op, .. } => stands_in_line(*op),
        _ => false,
    }
}

/// Nobody stands in line for other operations: jobs of a pool end in any order.
fn stands_in_line(op: Op) -> bool {
    matches!(op, Op::Acquire | Op::Get | Op::Put | Op::Join | Op::Wait)
}
