//! What happened in a run, as CPython's side tells it.

use std::rc::Rc;

use trace::{Event, EventKind, Log, Outcome};

use super::machine::Machine;
use super::repr::clean;

/// The events of a trace, with texts and late warnings as CPython's side has them.
pub fn observe(machine: &Machine, events: &[Event]) -> Vec<Event> {
    let closed = events.iter().rposition(|event| event.kind == EventKind::LoopClosed);
    // What is woken by what is freed then will never run.
    let happened = |(place, event): &(usize, &Event)| {
        !matches!(event.kind, EventKind::Woken { .. }) || !machine.is_late(*place, closed)
    };
    let told = |(place, event): (usize, &Event)| {
        let kind = match &event.kind {
            EventKind::Finished { task, outcome: Outcome::Failed(text) } => {
                EventKind::Finished { task: *task, outcome: Outcome::failed(clean(text)) }
            }
            EventKind::Logged { task, log } => {
                let log = Log {
                    message: clean(&log.message).into(),
                    error: log.error.as_deref().map(|error| clean(error).into()),
                    about: log.about,
                    late: machine.is_late(place, closed),
                };
                EventKind::Logged { task: *task, log: Rc::new(log) }
            }
            kind => kind.clone(),
        };
        Event { time: event.time, kind }
    };
    events.iter().enumerate().filter(happened).map(told).collect()
}
