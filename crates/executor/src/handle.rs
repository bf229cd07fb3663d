//! A callback that can be scheduled and cancelled.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};
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
pub struct Handle(Rc<Scheduled>);

/// A callback with what the executor keeps of it, in one allocation.
pub struct Scheduled<C: ?Sized = dyn Callback> {
    cancelled: Cell<bool>,
    /// On whose account it runs: set when it is scheduled.
    pub(super) source: Cell<Actor>,
    /// What the trace calls it, and whether it is ready or its timer is set.
    pub(super) id: Cell<HandleId>,
    pub(super) kind: Cell<HandleKind>,
    pub(super) scheduled: Cell<bool>,
    trace: Trace,
    callback: C,
}

impl<C> Scheduled<C> {
    pub(super) fn new(kind: HandleKind, callback: C, trace: Trace) -> Rc<Self> {
        Rc::new(Scheduled {
            cancelled: Cell::new(false),
            source: Cell::new(Actor::Outside),
            id: Cell::default(),
            kind: Cell::new(kind),
            scheduled: Cell::new(false),
            trace,
            callback,
        })
    }

    /// What is called.
    pub fn callback(&self) -> &C {
        &self.callback
    }
}

impl<C: Callback + ?Sized> Scheduled<C> {
    /// [`Handle::cancel`].
    pub fn cancel(&self) {
        self.cancelled.set(true);
        if self.scheduled.replace(false) {
            self.trace.emit(|| EventKind::HandleCancelled { handle: self.id.get() });
        }
        self.callback.free();
    }
}

/// What is to be called, once.
pub trait Callback {
    /// Calls it; nothing happens the second time, or when it was freed.
    fn call(&self);

    /// Frees what it would still need.
    fn free(&self);
}

impl<F: FnOnce()> Callback for Cell<Option<F>> {
    fn call(&self) {
        if let Some(callback) = self.take() {
            callback();
        }
    }

    fn free(&self) {
        drop(self.take()); // out of the cell: what it frees may cancel handles
    }
}

impl Handle {
    pub(super) fn new(kind: HandleKind, callback: impl FnOnce() + 'static, trace: Trace) -> Self {
        Handle(Scheduled::new(kind, Cell::new(Some(callback)), trace))
    }

    /// The same, known to the trace as a callback of this kind.
    pub fn of_kind(self, kind: HandleKind) -> Self {
        self.0.kind.set(kind);
        self
    }

    /// Makes sure that the callback does not run, and frees it. Nothing happens when it has run.
    pub fn cancel(&self) {
        self.0.cancel();
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
        self.0.callback.call();
    }

    /// Whether somebody else has it too.
    pub(super) fn is_shared(&self) -> bool {
        Rc::strong_count(&self.0) > 1
    }

    pub(super) fn slot(&self) -> &Rc<Scheduled> {
        &self.0
    }
}

impl<C: Callback + 'static> From<Rc<Scheduled<C>>> for Handle {
    fn from(scheduled: Rc<Scheduled<C>>) -> Self {
        Handle(scheduled)
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("cancelled", &self.cancelled()).finish()
    }
}

/// The callbacks that nothing here has, but that may still be scheduled or cancelled: closing frees what they
/// hold even when the handle itself is kept alive by that.
#[derive(Default)]
pub(super) struct Registry {
    handles: RefCell<Vec<Weak<Scheduled>>>,
    kept: Cell<usize>,
}

impl Registry {
    pub(super) fn add(&self, handle: &Handle) {
        let mut handles = self.handles.borrow_mut();
        if handles.len() >= self.kept.get() {
            // What is left of freed ones goes now and then.
            handles.retain(|slot| slot.strong_count() > 0);
            self.kept.set(64.max(handles.len() * 2));
        }
        handles.push(Rc::downgrade(&handle.0));
    }

    pub(super) fn cancel_all(&self) {
        let handles = self.handles.take();
        handles.iter().filter_map(Weak::upgrade).for_each(|slot| Handle(slot).cancel());
    }
}
