//! What holds of every run, whatever the program and in whatever order things happen: no wake-up is lost, no permit is made
//! or lost, lines are kept, the ready queue is first in, first out, and a task ends once.
//!
//! It is looked for in the trace alone, so it is said of runs under other orders as well, which there is no CPython to
//! compare with.
//!
//! ```
//! use invariants::{Ending, broken};
//! use trace::{Event, EventKind, Outcome, TaskId};
//! let finished = || EventKind::Finished { task: TaskId(0), outcome: Outcome::Done };
//! let kinds = [
//!     EventKind::TaskCreated { task: TaskId(0), parent: None, name: "a".into(), eager: false },
//!     EventKind::IterationBegan { number: 1 },
//!     EventKind::StepBegan { task: TaskId(0), drift: 0.0 },
//!     finished(),
//!     finished(),
//! ];
//! let events = kinds.map(|kind| Event { time: 0.0, kind });
//! assert_eq!(broken(&events, Ending::Open)[0].at, 4);
//! ```

mod ready;
mod resources;
mod tasks;
mod waiting;

use std::fmt;
use trace::{Event, EventKind};

/// How a run ended, as far as something follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// In any way, or not at all.
    Open,
    /// In a deadlock: nothing is ready, and no timer is set.
    Stuck,
    /// `asyncio.run` has returned or raised, so every task has ended, but for those that others made while they were
    /// cancelled for that.
    Complete,
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The place in the trace of the event at which that shows; the number of events where it does at the end.
    pub at: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {}: {}", self.at, self.what)
    }
}

/// All that does not hold of a run.
pub fn broken(events: &[Event], ending: Ending) -> Vec<Broken> {
    let mut found = Vec::new();
    let (mut ready, mut tasks) = (ready::Queue::default(), tasks::Lives::default());
    let (mut resources, mut waiting) = (resources::Resources::default(), waiting::Line::default());
    // Where the last event, and what it held the loop for, has brought loop time.
    let mut now = f64::NEG_INFINITY;
    for (at, event) in events.iter().enumerate() {
        let mut tell = |what| found.push(Broken { at, what });
        if event.time > now && now.is_finite() && !tasks.any_running() {
            // Loop time moves by itself only where nothing can run.
            ready.idle(&mut tell);
            waiting.idle(&resources, Some(event.time), &mut tell);
        }
        let held = if let EventKind::Blocked { seconds, .. } = event.kind { seconds } else { 0.0 };
        now = now.max(event.time + held);
        ready.apply(event, &mut tell);
        tasks.apply(event, &mut tell);
        waiting.apply(event, &mut tell);
        resources.apply(event, &mut tell);
    }
    let mut tell = |what| found.push(Broken { at: events.len(), what });
    match ending {
        Ending::Open => {}
        Ending::Stuck => {
            ready.idle(&mut tell);
            waiting.idle(&resources, None, &mut tell);
        }
        Ending::Complete => tasks.all_ended(&mut tell),
    }
    found
}

/// Whoever is told what does not hold.
type Tell<'a> = &'a mut dyn FnMut(String);
