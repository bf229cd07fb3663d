//! What the loop has before it at a place of the order.

use super::Order;
use std::collections::HashMap;
use trace::{EventKind, HandleId, Queues, Ready};

/// What the loop has before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// The ready queue, the next in front.
    pub ready: Vec<Entry>,
    /// The timers, the next due in front.
    pub timers: Vec<Timer>,
}

/// Something in the ready queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What will run.
    pub what: Ready,
    /// The event that put it there, as an index.
    pub entered: Option<usize>,
    /// The event that set its timer, if it has one.
    pub set: Option<usize>,
}

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timer {
    /// The callback.
    pub handle: HandleId,
    /// When it is due, in seconds of loop time.
    pub due: f64,
    /// The event that set it, as an index.
    pub set: Option<usize>,
}

impl Order {
    /// What the loop has before it at a place: the events before it are gone through.
    pub fn agenda(&self, place: usize) -> Agenda {
        let mut queues = Queues::default();
        let mut entered = HashMap::new();
        let mut set = HashMap::new();
        for (n, event) in self.events().iter().take(place).enumerate() {
            queues.apply(event);
            match &event.kind {
                EventKind::TaskCreated { task, eager: false, .. } => {
                    entered.insert(Ready::Step(*task), n);
                }
                EventKind::Woken { task, .. } => {
                    entered.entry(Ready::Step(*task)).or_insert(n);
                }
                EventKind::StepBegan { task, .. } => {
                    entered.remove(&Ready::Step(*task));
                }
                EventKind::HandleScheduled { handle, .. } | EventKind::TimerFired { handle } => {
                    entered.insert(Ready::Call(*handle), n);
                }
                EventKind::TimerSet { handle, .. } => {
                    set.insert(*handle, n);
                }
                _ => {}
            }
        }
        let timer_of = |what: Ready| match what {
            Ready::Call(handle) => set.get(&handle).copied(),
            Ready::Step(_) => None,
        };
        let entry =
            |what| Entry { what, entered: entered.get(&what).copied(), set: timer_of(what) };
        let timer = |(due, handle)| Timer { handle, due, set: set.get(&handle).copied() };
        Agenda {
            ready: queues.ready().map(entry).collect(),
            timers: queues.timers().map(timer).collect(),
        }
    }
}
