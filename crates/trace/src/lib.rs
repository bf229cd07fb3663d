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
mod name;
mod packed;
mod queues;
mod resource;
mod site;
mod wait;

pub use event::{Actor, Coroutine, Event, EventKind, HandleKind, Log, Outcome};
pub use ids::{HandleId, LoopId, ResourceId, TaskId, TimeoutId};
pub use name::Name;
pub use queues::{Queues, Ready};
pub use resource::ResourceKind;
pub use site::{Caller, Place, Site};
pub use wait::{GroupOp, Op, Wait};

use packed::Packed;
use site::Sites;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A handle on the record of one run; clones share the record.
#[derive(Clone, Default)]
pub struct Trace(Option<Rc<Record>>);

#[derive(Default)]
struct Record {
    events: RefCell<Packed>,
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
    #[inline]
    pub fn emit(&self, kind: impl FnOnce() -> EventKind) {
        if let Some(record) = self.open() {
            let kind = kind();
            record.events.borrow_mut().push(record.now.get(), kind);
        }
    }

    /// Appends [`EventKind::TaskCreated`]; its name is written out when it is read.
    #[inline]
    pub fn created(
        &self,
        task: TaskId,
        parent: Option<TaskId>,
        name: impl FnOnce() -> Name,
        eager: bool,
    ) {
        if let Some(record) = self.open() {
            let name = name();
            let mut events = record.events.borrow_mut();
            events.push_created(record.now.get(), (task, parent), name, eager);
        }
    }

    /// Appends [`EventKind::Runs`] of a function, with what it was called with as far as that is known; what one
    /// function runs without that is one when it is read.
    #[inline]
    pub fn runs(&self, task: TaskId, function: &'static str, arguments: Option<Rc<str>>) {
        if let Some(record) = self.open() {
            record.events.borrow_mut().push_runs(record.now.get(), task, function, arguments);
        }
    }

    /// Appends [`EventKind::Suspended`] at a line of a Rust program; the sites of one line are one when they
    /// are read.
    pub fn suspended(&self, task: TaskId, wait: Wait, at: Option<Caller>) {
        let Some(record) = self.open() else { return };
        let site = at.map_or(Some(0), |at| record.sites.borrow_mut().number(at));
        let (now, mut events) = (record.now.get(), record.events.borrow_mut());
        let left = match site {
            Some(site) => events.push_suspended(now, task, wait, site),
            None => Some(wait),
        };
        if let Some(wait) = left {
            let at = match site {
                Some(site) => record.sites.borrow().numbered(site),
                None => at.map(Site::from),
            };
            events.push(now, EventKind::Suspended { task, wait, at });
        }
    }

    /// The record, as long as it takes something.
    #[inline]
    fn open(&self) -> Option<&Record> {
        self.0.as_deref().filter(|record| !record.sealed.get())
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

    /// Number of events kept so far.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |record| record.events.borrow().len())
    }

    /// Whether nothing has been kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The events kept so far.
    pub fn snapshot(&self) -> Vec<Event> {
        self.since(0)
    }

    /// Those of the events kept so far that have this number or a greater one, counted from 0.
    pub fn since(&self, number: usize) -> Vec<Event> {
        let read =
            |record: &Rc<Record>| record.events.borrow().since(number, &record.sites.borrow());
        self.0.as_ref().map(read).unwrap_or_default()
    }

    /// Shows the events kept so far to `read`.
    pub fn with<R>(&self, read: impl FnOnce(&[Event]) -> R) -> R {
        read(&self.snapshot())
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
        // As it is read; kept it is smaller.
        assert!(size_of::<Event>() <= 40, "{}", size_of::<Event>());
        assert_eq!(size_of::<Wait>(), 16);
    }

    #[test]
    fn one_line_has_one_site() {
        let trace = Trace::on();
        let here: Caller = std::panic::Location::caller();
        for _ in 0..2 {
            trace.suspended(TaskId(0), Wait::Future, Some(here));
        }
        let sites = trace.snapshot().into_iter().map(|event| match event.kind {
            EventKind::Suspended { at: Some(site), .. } => site,
            other => panic!("{other:?}"),
        });
        let sites: Vec<Site> = sites.collect();
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
