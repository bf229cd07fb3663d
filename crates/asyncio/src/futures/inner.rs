//! What every future consists of: its state and its callbacks.

use super::cancellation::Cancellation;
use super::role::Role;
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Result};
use crate::few::Few;
use executor::Handle;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Waker;
use trace::TaskId;

/// What every future has; a plain one is just this.
pub(crate) struct FutureInner<T> {
    pub(crate) event_loop: Rc<EventLoop>,
    pub(crate) role: Role,
    pub(super) state: RefCell<State<T>>,
    pub(super) callbacks: RefCell<Few<(CallbackId, Callback)>>,
    /// Whether it holds an exception that nobody has looked at: `__log_traceback`.
    pub(super) unretrieved: Cell<bool>,
    /// Whether a task awaited itself through this future, which leaves `_asyncio_future_blocking` set
    /// and spoils every later await.
    pub(crate) spoilt: Cell<bool>,
}

pub(super) enum State<T> {
    Pending,
    Cancelled(Box<Cancellation>),
    Finished(Result<T>),
}

pub(crate) enum Callback {
    /// Wakes a task.
    Task(TaskId),
    /// Wakes what polls on behalf of a task, such as a combinator of futures.
    Wake(Waker),
    Call(Handle),
}

/// Names a callback of a future, to remove it by; no two of a run are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackId(u64);

impl<T> FutureInner<T> {
    /// A pending one.
    pub(crate) fn new(event_loop: Rc<EventLoop>, role: Role) -> Self {
        FutureInner {
            event_loop,
            role,
            state: RefCell::new(State::Pending),
            callbacks: RefCell::default(),
            unretrieved: Cell::new(false),
            spoilt: Cell::new(false),
        }
    }

    pub(super) fn is_pending(&self) -> bool {
        matches!(*self.state.borrow(), State::Pending)
    }

    pub(super) fn finish(&self, state: State<T>) -> Result {
        if !self.is_pending() {
            return Err(invalid_state());
        }
        self.unretrieved.set(matches!(state, State::Finished(Err(_))));
        *self.state.borrow_mut() = state;
        if !self.callbacks.borrow().is_empty() {
            self.callbacks.take().drain(|(_, callback)| self.schedule(callback));
        }
        Ok(())
    }

    fn schedule(&self, callback: Callback) {
        match callback {
            Callback::Task(task) => self.event_loop.core.wake(task),
            Callback::Wake(waker) => waker.wake(),
            Callback::Call(handle) => self.event_loop.core.schedule(handle),
        }
    }

    pub(crate) fn add_callback(&self, callback: Callback) -> CallbackId {
        let id = CallbackId(self.event_loop.program.next_callback());
        if self.is_pending() {
            self.callbacks.borrow_mut().push((id, callback));
        } else {
            self.schedule(callback);
        }
        id
    }

    pub(super) fn class(&self) -> &'static str {
        match &self.role {
            Role::Task => "Task",
            Role::Gathering(_) => "_GatheringFuture",
            _ => "Future",
        }
    }

    /// The exception that nobody has looked at, if it holds one; from now on somebody has.
    pub(crate) fn take_unretrieved(&self) -> Option<Error> {
        if !self.unretrieved.replace(false) {
            return None;
        }
        match &*self.state.borrow() {
            State::Finished(Err(error)) => Some(error.clone()),
            _ => None,
        }
    }

    pub(crate) fn remove_callback(&self, id: CallbackId) -> usize {
        let removed = self.callbacks.borrow_mut().remove(|(other, _)| *other == id);
        usize::from(removed.is_some()) // what it held may come back here when it is freed
    }
}

fn invalid_state() -> Error {
    Error::new("InvalidStateError", "invalid state")
}
