//! What a future consists of: its state and its callbacks.

use super::cancellation::Cancellation;
use super::role::Role;
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Result};
use crate::few::Few;
use executor::Handle;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::task::Waker;
use trace::TaskId;

pub(crate) struct FutureInner<T> {
    pub(super) this: Weak<Self>,
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
    Cancelled(Cancellation),
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

impl<T: Clone + 'static> FutureInner<T> {
    /// A pending one.
    pub(super) fn new(event_loop: Rc<EventLoop>, role: Role) -> Rc<Self> {
        Rc::new_cyclic(|this| FutureInner {
            this: this.clone(),
            event_loop,
            role,
            state: RefCell::new(State::Pending),
            callbacks: RefCell::default(),
            unretrieved: Cell::new(false),
            spoilt: Cell::new(false),
        })
    }

    pub(super) fn finish(&self, state: State<T>) -> Result {
        if !matches!(*self.state.borrow(), State::Pending) {
            return Err(invalid_state());
        }
        self.unretrieved.set(matches!(state, State::Finished(Err(_))));
        if self.unretrieved.get() {
            let failed: Weak<Self> = self.this.clone();
            self.event_loop.registry.failed(failed);
        }
        *self.state.borrow_mut() = state;
        let callbacks = self.callbacks.take();
        for (_, callback) in callbacks {
            self.schedule(callback);
        }
        Ok(())
    }

    fn schedule(&self, callback: Callback) {
        match callback {
            Callback::Task(task) => self.event_loop.core.wake(task),
            Callback::Wake(waker) => waker.wake(),
            Callback::Call(handle) => self.event_loop.core.schedule(&handle),
        }
    }

    pub(crate) fn add_callback(&self, callback: Callback) -> CallbackId {
        let id = CallbackId(self.event_loop.program.next_callback());
        if matches!(*self.state.borrow(), State::Pending) {
            self.callbacks.borrow_mut().push((id, callback));
        } else {
            self.schedule(callback);
        }
        id
    }
}

impl<T> FutureInner<T> {
    pub(super) fn class(&self) -> &'static str {
        match &self.role {
            Role::Task(_) => "Task",
            Role::Gathering(_) => "_GatheringFuture",
            _ => "Future",
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

impl<T> FutureInner<T> {
    /// What CPython does when it frees it.
    pub(super) fn tell_unretrieved(&self) {
        if !self.unretrieved.get() {
            return;
        }
        let error = match &*self.state.borrow() {
            State::Finished(Err(error)) => error.clone(),
            _ => return,
        };
        let (about, context) = match &self.role {
            Role::Task(task) => (task.traced_id(), Some(&task.context)),
            _ => (None, None),
        };
        self.unretrieved.set(false);
        let message = format!("{} exception was never retrieved", self.class());
        self.event_loop.log_error(&message, about, Some(&error), context);
    }
}

impl<T> Drop for FutureInner<T> {
    fn drop(&mut self) {
        self.tell_unretrieved();
    }
}
