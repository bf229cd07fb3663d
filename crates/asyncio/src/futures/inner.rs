//! What every future consists of: its state and its callbacks.

use super::role::{Gathering, Role};
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Exception, Result};
use crate::few::Few;
use executor::Handle;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::task::Waker;
use trace::TaskId;

/// What every future has; a plain one is just this.
pub(crate) struct FutureInner<T> {
    pub(crate) event_loop: Rc<EventLoop>,
    /// Few futures stand for anything.
    special: Option<Box<Role>>,
    /// Nothing while it is pending.
    end: OnceCell<End<T>>,
    callbacks: Cell<Few<Registered>>,
    /// Whether it holds an exception that nobody has looked at: `__log_traceback`.
    pub(super) unretrieved: Cell<bool>,
    /// Whether a task awaited itself through this future, which leaves `_asyncio_future_blocking` set
    /// and spoils every later await.
    pub(crate) spoilt: Cell<bool>,
    is_task: bool,
}

/// How a future ended. Nothing of a cancellation makes futures larger than a result does.
pub(super) enum End<T> {
    /// Most cancellations have nothing special about them.
    Cancelled,
    /// With this message.
    CancelledWith(Box<Rc<str>>),
    /// By this `CancelledError`, which a task ended with; the first to ask gets it.
    CancelledBy(Cell<Option<Exception>>),
    Finished(Result<T>),
}

pub(crate) enum Callback {
    /// Wakes a task.
    Task(TaskId),
    /// Wakes what polls on behalf of a task, such as a combinator of futures.
    Wake(Waker),
    Call(Handle),
}

/// Names a callback of a future, to remove it by; of all that are waiting no two are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackId(u32);

impl CallbackId {
    /// That of no callback.
    pub(super) const NONE: CallbackId = CallbackId(0);
}

/// A callback with its name.
enum Registered {
    Task(CallbackId, TaskId),
    Wake(CallbackId, Waker),
    Call(CallbackId, Handle),
}

impl Registered {
    fn new(id: CallbackId, callback: Callback) -> Self {
        match callback {
            Callback::Task(task) => Registered::Task(id, task),
            Callback::Wake(waker) => Registered::Wake(id, waker),
            Callback::Call(handle) => Registered::Call(id, handle),
        }
    }

    fn id(&self) -> CallbackId {
        match self {
            Registered::Task(id, _) | Registered::Wake(id, _) | Registered::Call(id, _) => *id,
        }
    }
}

impl<T> FutureInner<T> {
    /// A pending one.
    #[inline]
    pub(crate) fn new(event_loop: Rc<EventLoop>, role: Role) -> Self {
        let is_task = matches!(role, Role::Task);
        let special = if is_task || matches!(role, Role::Plain) {
            std::mem::forget(role); // there is nothing to be freed
            None
        } else {
            Some(Box::new(role))
        };
        FutureInner {
            event_loop,
            is_task,
            special,
            end: OnceCell::new(),
            callbacks: Cell::default(),
            unretrieved: Cell::new(false),
            spoilt: Cell::new(false),
        }
    }

    #[inline]
    pub(super) fn is_pending(&self) -> bool {
        self.end.get().is_none()
    }

    #[inline]
    pub(super) fn is_cancelled(&self) -> bool {
        self.end.get().is_some_and(End::is_cancelled)
    }

    /// Whether it is a task's own.
    #[inline]
    pub(super) fn is_task(&self) -> bool {
        self.is_task
    }

    /// What it stands for.
    pub(super) fn role(&self) -> &Role {
        match &self.special {
            None if self.is_task => &Role::Task,
            None => &Role::Plain,
            Some(role) => role,
        }
    }

    /// What it gathers, if it is what `gather` gives.
    pub(super) fn gathering(&self) -> Option<&Gathering> {
        match self.special.as_deref() {
            Some(Role::Gathering(gathering)) => Some(gathering),
            _ => None,
        }
    }

    /// How it ended, if it has.
    #[inline]
    pub(super) fn end(&self) -> Option<&End<T>> {
        self.end.get()
    }

    /// The result when it is done; counts as looking at the exception.
    #[inline]
    pub(super) fn outcome(&self) -> Option<Result<T>>
    where
        T: Clone,
    {
        match self.end.get()? {
            End::Finished(result) => {
                self.unretrieved.set(false);
                Some(result.clone())
            }
            cancelled => cancelled.cancelled_error().map(Err),
        }
    }

    pub(super) fn finish(&self, end: End<T>) -> Result {
        if self.try_finish(end) { Ok(()) } else { Err(invalid_state()) }
    }

    /// Ends it, if it is pending; whether it was.
    pub(super) fn try_finish(&self, end: End<T>) -> bool {
        if !self.is_pending() {
            return false;
        }
        self.unretrieved.set(matches!(end, End::Finished(Err(_))));
        let _ = self.end.set(end);
        match self.callbacks.take() {
            Few::Nothing => {}
            Few::One(only) => self.call(only),
            many @ Few::Many(_) => many.drain(|registered| self.call(registered)),
        }
        true
    }

    #[inline]
    fn call(&self, registered: Registered) {
        self.schedule(match registered {
            Registered::Task(_, task) => Callback::Task(task),
            Registered::Wake(_, waker) => Callback::Wake(waker),
            Registered::Call(_, handle) => Callback::Call(handle),
        });
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
            let mut callbacks = self.callbacks.take();
            callbacks.push(Registered::new(id, callback));
            // What was taken out has left nothing to be freed.
            std::mem::forget(self.callbacks.replace(callbacks));
        } else {
            self.schedule(callback);
        }
        id
    }

    pub(super) fn class(&self) -> &'static str {
        match self.role() {
            Role::Task => "Task",
            Role::Gathering(_) => "_GatheringFuture",
            _ => "Future",
        }
    }

    /// Whether it holds an exception that nobody has looked at.
    #[inline]
    pub(crate) fn is_unretrieved(&self) -> bool {
        self.unretrieved.get()
    }

    /// The exception that nobody has looked at, if it holds one; from now on somebody has.
    pub(crate) fn take_unretrieved(&self) -> Option<Error> {
        if !self.unretrieved.replace(false) {
            return None;
        }
        match self.end.get() {
            Some(End::Finished(Err(error))) => Some(error.clone()),
            _ => None,
        }
    }

    pub(crate) fn remove_callback(&self, id: CallbackId) -> usize {
        let mut callbacks = self.callbacks.take();
        let removed = callbacks.remove(|other| other.id() == id);
        self.callbacks.set(callbacks);
        usize::from(removed.is_some()) // what it held may come back here when it is freed
    }
}

fn invalid_state() -> Error {
    Error::new("InvalidStateError", "invalid state")
}

/// A future that a timer completes: one allocation.
impl executor::Callback for FutureInner<()> {
    fn call(&self) {
        // It is done already when it was cancelled.
        self.try_finish(End::Finished(Ok(())));
    }

    fn free(&self) {}
}
