//! What happened in a run: an append-only record of events.
//!
//! The executor and the layers above it emit [`Event`]s; nothing here knows how they come about or
//! how they are drawn. Reading is by index, so that a reader can follow a run that is still going.
//! [`Queues`] says what a loop had before it at any of them.
//!
//! ```
//! use trace::{EventKind, TaskId, Trace};
//! let trace = Trace::on();
//! trace.set_time(0.5);
//! trace.emit(|| EventKind::StepBegan { task: TaskId(0), drift: 0.0 });
//! assert_eq!(trace.len(), 1);
//! assert_eq!(trace.snapshot()[0].time, 0.5);
//! ```

mod event;
mod ids;
mod queues;
mod resource;
mod site;
mod wait;

pub use event::{Actor, Event, EventKind, HandleKind, Log, Outcome};
pub use ids::{HandleId, LoopId, ResourceId, TaskId, TimeoutId};
pub use queues::{Queues, Ready};
pub use resource::ResourceKind;
pub use site::{Caller, Place, Site};
pub use wait::{GroupOp, Op, Wait};

use site::Sites;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A handle on the record of one run; clones share the record.
#[derive(Clone, Default)]
pub struct Trace(Option<Rc<Record>>);

#[derive(Default)]
struct Record {
    events: RefCell<Vec<Event>>,
    now: Cell<f64>,
    sealed: Cell<bool>,
    sites: RefCell<Sites>,
}

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

    /// Appends the event that `kind` makes, at the time that was set last. `kind` is not called when
    /// the trace keeps nothing.
    pub fn emit(&self, kind: impl FnOnce() -> EventKind) {
        if let Some(record) = &self.0
            && !record.sealed.get()
        {
            let kind = kind();
            record.events.borrow_mut().push(Event { time: record.now.get(), kind });
        }
    }

    /// Sets the time of the events to come, in seconds of loop time.
    pub fn set_time(&self, now: f64) {
        if let Some(record) = &self.0 {
            record.now.set(now);
        }
    }

    /// Keeps nothing more from here on: what is freed after the end is no part of what happened.
    pub fn seal(&self) {
        if let Some(record) = &self.0 {
            record.sealed.set(true);
        }
    }

    /// The site of a line of the program; of one line always the same, so that it costs no memory.
    pub fn site(&self, caller: Caller) -> Site {
        match &self.0 {
            Some(record) => record.sites.borrow_mut().of(caller),
            None => Site::from(caller),
        }
    }

    /// Number of events kept so far.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |record| record.events.borrow().len())
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
            Some(record) => read(&record.events.borrow()),
            None => read(&[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_kept_in_the_order_of_emission() {
        let trace = Trace::on();
        for n in 0..3 {
            trace.emit(|| EventKind::LoopRuns { id: LoopId(n) });
        }
        let kinds: Vec<_> = trace.snapshot().into_iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [0, 1, 2].map(|n| EventKind::LoopRuns { id: LoopId(n) }));
    }

    #[test]
    fn an_event_is_small() {
        // A million of them are kept: 40 bytes each.
        assert!(size_of::<Event>() <= 40, "{}", size_of::<Event>());
        assert_eq!(size_of::<Wait>(), 16);
    }

    #[test]
    fn one_line_has_one_site() {
        let trace = Trace::on();
        let here: Caller = std::panic::Location::caller();
        let sites = [trace.site(here), trace.site(here)];
        assert!(std::ptr::eq(sites[0].place(), sites[1].place()));
        assert_eq!((sites[0].file(), sites[0].line()), (file!(), here.line()));
    }

    #[test]
    fn a_trace_that_is_off_or_sealed_makes_no_events() {
        Trace::off().emit(|| unreachable!("the event must not be made"));
        assert!(Trace::off().is_empty());
        let sealed = Trace::on();
        sealed.seal();
        sealed.emit(|| unreachable!("the event must not be made"));
        assert!(sealed.is_empty());
    }
}
