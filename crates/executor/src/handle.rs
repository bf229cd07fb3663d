//! A callback that can be scheduled and cancelled.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use trace::{Actor, EventKind, HandleId, HandleKind, Trace};

/// A callback for the ready queue or a timer; clones are the same callback, which runs at most once.
///
/// ```
/// use executor::{Executor, VirtualClock};
/// let executor = Executor::new(VirtualClock);
/// let handle = executor.call_later(1.0, || unreachable!("it is cancelled"));
/// handle.cancel();
/// executor.run().unwrap();
/// assert_eq!(executor.time(), 0.0); // a cancelled timer does not move time
/// ```
#[derive(Clone)]
pub struct Handle(Rc<Slot>);

pub(super) struct Slot {
    callback: RefCell<Option<Box<dyn FnOnce()>>>,
    cancelled: Cell<bool>,
    /// On whose account it runs: set when it is scheduled.
    pub(super) source: Cell<Actor>,
    /// What the trace calls it, and whether it is ready or its timer is set.
    pub(super) id: Cell<HandleId>,
    pub(super) kind: Cell<HandleKind>,
    pub(super) scheduled: Cell<bool>,
    trace: Trace,
}

impl Handle {
    pub(super) fn new(callback: Box<dyn FnOnce()>, trace: Trace) -> Self {
        Handle(Rc::new(Slot {
            callback: RefCell::new(Some(callback)),
            cancelled: Cell::new(false),
            source: Cell::new(Actor::Outside),
            id: Cell::default(),
            kind: Cell::new(HandleKind::Internal),
            scheduled: Cell::new(false),
            trace,
        }))
    }

    /// The same, known to the trace as a callback of this kind.
    pub fn of_kind(self, kind: HandleKind) -> Self {
        self.0.kind.set(kind);
        self
    }

    /// Makes sure that the callback does not run, and frees it. Nothing happens when it has run.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
        if self.0.scheduled.replace(false) {
            self.0.trace.emit(|| EventKind::HandleCancelled { handle: self.0.id.get() });
        }
        let callback = self.0.callback.borrow_mut().take();
        drop(callback); // after the borrow has ended: what it frees may cancel handles
    }

    /// Whether [`Handle::cancel`] was called.
    pub fn cancelled(&self) -> bool {
        self.0.cancelled.get()
    }

    /// Whether the two are the same callback.
    pub fn same(&self, other: &Handle) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Runs the callback now, unless it has run or was cancelled.
    pub fn run(&self) {
        let callback = self.0.callback.borrow_mut().take();
        if let Some(callback) = callback {
            callback();
        }
    }

    pub(super) fn from_slot(slot: Rc<Slot>) -> Self {
        Handle(slot)
    }

    pub(super) fn slot(&self) -> &Rc<Slot> {
        &self.0
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("cancelled", &self.cancelled()).finish()
    }
}
