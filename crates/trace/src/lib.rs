//! What happened in a run: an append-only record of events.
//!
//! The executor and the layers above it emit [`Event`]s; nothing here knows how they come about or
//! how they are drawn. Reading is by index, so that a reader can follow a run that is still going.
//!
//! ```
//! use trace::{EventKind, TaskId, Trace};
//! let trace = Trace::on();
//! trace.emit(0.5, || EventKind::StepBegan { task: TaskId(0), drift: 0.0 });
//! assert_eq!(trace.len(), 1);
//! assert_eq!(trace.snapshot()[0].time, 0.5);
//! ```

mod event;

pub use event::{
    Cause, Event, EventKind, Outcome, ResourceId, ResourceKind, Source, TaskId, Whence,
};

use std::cell::RefCell;
use std::rc::Rc;

/// A handle on the record of one run; clones share the record.
#[derive(Clone, Default)]
pub struct Trace(Option<Rc<RefCell<Vec<Event>>>>);

impl Trace {
    /// A trace that keeps what is emitted.
    pub fn on() -> Self {
        Trace(Some(Rc::default()))
    }

    /// A trace that keeps nothing; emitting to it costs one test of a pointer.
    pub fn off() -> Self {
        Trace(None)
    }

    /// Whether events are kept.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Appends the event that `kind` makes, at loop time `time` in seconds. `kind` is not called
    /// when the trace is off.
    pub fn emit(&self, time: f64, kind: impl FnOnce() -> EventKind) {
        if let Some(events) = &self.0 {
            let kind = kind();
            let mut events = events.borrow_mut();
            let seq = events.len() as u32;
            events.push(Event { time, seq, kind });
        }
    }

    /// Number of events kept so far.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |events| events.borrow().len())
    }

    /// Whether nothing has been kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Copies the events kept so far.
    pub fn snapshot(&self) -> Vec<Event> {
        self.with(|events| events.to_vec())
    }

    /// Lends the events kept so far to `read`.
    pub fn with<R>(&self, read: impl FnOnce(&[Event]) -> R) -> R {
        match &self.0 {
            Some(events) => read(&events.borrow()),
            None => read(&[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_numbered_in_the_order_of_emission() {
        let trace = Trace::on();
        for n in 0..3 {
            trace.emit(f64::from(n), || EventKind::StepEnded { task: TaskId(n) });
        }
        let seqs: Vec<u32> = trace.snapshot().iter().map(|event| event.seq).collect();
        assert_eq!(seqs, [0, 1, 2]);
    }

    #[test]
    fn a_trace_that_is_off_makes_no_events() {
        Trace::off().emit(0.0, || unreachable!("the event must not be made"));
        assert!(Trace::off().is_empty());
    }
}
