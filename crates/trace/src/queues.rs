//! What the loop has before it, at any event of a trace.

use crate::{Event, EventKind, HandleId, TaskId};
use std::collections::{BTreeMap, HashMap};

/// Something in the ready queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ready {
    /// A step of a task.
    Step(TaskId),
    /// A callback.
    Call(HandleId),
}

/// The ready queue and the timers of a loop, after the events that were applied.
///
/// ```
/// use trace::{Event, EventKind, Queues, Ready, TaskId};
/// let created = |task| EventKind::TaskCreated { task, parent: None, name: "".into(), eager: false };
/// let mut queues = Queues::default();
/// for task in [TaskId(0), TaskId(1)] {
///     queues.apply(&Event { time: 0.0, kind: created(task) });
/// }
/// queues.apply(&Event { time: 0.0, kind: EventKind::StepBegan { task: TaskId(0), drift: 0.0 } });
/// assert_eq!(queues.ready().collect::<Vec<_>>(), [Ready::Step(TaskId(1))]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Queues {
    /// In the order of entering.
    ready: BTreeMap<u64, Ready>,
    entered: HashMap<Ready, u64>,
    entries: u64,
    /// By deadline, and of equal deadlines the one set first comes first.
    timers: BTreeMap<(Moment, u64), HandleId>,
    set: HashMap<HandleId, (Moment, u64)>,
    timers_set: u64,
}

impl Queues {
    /// The queues after the first `count` of these events.
    pub fn after(events: &[Event], count: usize) -> Self {
        let mut queues = Queues::default();
        events.iter().take(count).for_each(|event| queues.apply(event));
        queues
    }

    /// Takes the next event into account.
    pub fn apply(&mut self, event: &Event) {
        match &event.kind {
            EventKind::TaskCreated { task, eager: false, .. } | EventKind::Woken { task, .. } => {
                self.enter(Ready::Step(*task));
            }
            EventKind::HandleScheduled { handle, .. } => {
                self.enter(Ready::Call(*handle));
            }
            EventKind::StepBegan { task, .. } => self.take_out(Ready::Step(*task)),
            EventKind::HandleBegan { handle } => self.take_out(Ready::Call(*handle)),
            EventKind::TimerSet { handle, due, .. } => {
                self.unset(*handle);
                let key = (Moment(*due), self.timers_set);
                self.timers_set += 1;
                self.timers.insert(key, *handle);
                self.set.insert(*handle, key);
            }
            EventKind::TimerFired { handle } => {
                self.unset(*handle);
                self.enter(Ready::Call(*handle));
            }
            EventKind::HandleCancelled { handle } => {
                self.unset(*handle);
                self.take_out(Ready::Call(*handle));
            }
            EventKind::LoopClosed => *self = Queues::default(),
            _ => {}
        }
    }

    /// What is ready, in order.
    pub fn ready(&self) -> impl Iterator<Item = Ready> + '_ {
        self.ready.values().copied()
    }

    /// The timers with their deadlines in seconds of loop time, in the order in which they are due.
    pub fn timers(&self) -> impl Iterator<Item = (f64, HandleId)> + '_ {
        self.timers.iter().map(|((due, _), handle)| (due.0, *handle))
    }

    /// Nothing is in the queue twice.
    fn enter(&mut self, ready: Ready) {
        self.entered.entry(ready).or_insert_with(|| {
            self.entries += 1;
            self.ready.insert(self.entries, ready);
            self.entries
        });
    }

    fn take_out(&mut self, ready: Ready) {
        if let Some(place) = self.entered.remove(&ready) {
            self.ready.remove(&place);
        }
    }

    fn unset(&mut self, handle: HandleId) {
        if let Some(key) = self.set.remove(&handle) {
            self.timers.remove(&key);
        }
    }
}

/// A time that can be a key.
#[derive(Clone, Copy, Debug)]
struct Moment(f64);

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Moment {}
