//! A callback that can be scheduled and cancelled.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use trace::Source;

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
    pub(super) source: Cell<Source>,
}

impl Handle {
    pub(super) fn new(callback: Box<dyn FnOnce()>) -> Self {
        Handle(Rc::new(Slot {
            callback: RefCell::new(Some(callback)),
            cancelled: Cell::new(false),
            source: Cell::new(Source::Outside),
        }))
    }

    /// Makes sure that the callback does not run, and frees it. Nothing happens when it has run.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
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
