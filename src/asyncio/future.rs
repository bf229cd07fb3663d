//! `asyncio.Future`: a value to come, with callbacks.

use super::awaiting::Await;
use super::error::{Error, Result};
use super::event_loop::EventLoop;
use super::task::TaskState;
use crate::executor::Handle;
use crate::trace::{Cause, TaskId};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;
use std::future::IntoFuture;
use std::panic::Location;
use std::rc::Rc;
use std::task::Waker;

/// A value to come. Clones are the same future. Behaves as `asyncio.Future` does in CPython 3.13
/// (`Lib/asyncio/futures.py`): completing it schedules its callbacks, and the tasks that await it, in
/// the order in which they came, for the next turn.
///
/// ```
/// use coroscope::asyncio::{self, create_future, call_later};
/// let value = asyncio::run(async {
///     let future = create_future();
///     let setter = future.clone();
///     call_later(1.0, move || setter.set_result(7).unwrap());
///     future.await
/// });
/// assert_eq!(value.unwrap(), 7);
/// ```
pub struct Future<T>(pub(super) Rc<FutureInner<T>>);

pub(super) struct FutureInner<T> {
    pub(super) event_loop: Rc<EventLoop>,
    pub(super) role: Role,
    state: RefCell<State<T>>,
    callbacks: RefCell<Vec<(CallbackId, Callback)>>,
    next_callback: Cell<u64>,
}

/// What sort of future it is, which decides what cancelling it does.
pub(super) enum Role {
    Plain,
    Task(Rc<TaskState>),
    Gathering(Gathering),
}

/// The part of `_GatheringFuture` that cancelling needs.
pub(super) struct Gathering {
    pub(super) children: Vec<Rc<dyn AnyFuture>>,
    pub(super) cancel_requested: Rc<Cell<bool>>,
}

enum State<T> {
    Pending,
    Cancelled(Cancellation),
    Finished(Result<T>),
}

/// What a cancelled future raises: `_make_cancelled_error`.
pub(super) struct Cancellation {
    /// The `CancelledError` that a task ended with; the first to ask gets it.
    own: RefCell<Option<Error>>,
    /// The message for everybody after.
    message: Option<Rc<str>>,
}

impl Cancellation {
    /// Of a future that was cancelled with this message.
    pub(super) fn with(message: Option<Rc<str>>) -> Self {
        Cancellation { own: RefCell::default(), message }
    }

    /// Of a task whose coroutine raised this `CancelledError`.
    pub(super) fn raised(own: Error) -> Self {
        Cancellation { own: RefCell::new(Some(own)), message: None }
    }

    fn error(&self) -> Error {
        self.own.take().unwrap_or_else(|| Error::Cancelled(self.message.clone()))
    }
}

pub(super) enum Callback {
    Wake(Waker),
    Call(Handle),
}

/// Names a callback of a future, to remove it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackId(u64);

/// `asyncio.InvalidStateError`: the future is done already, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidState;

impl fmt::Display for InvalidState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid state")
    }
}

impl std::error::Error for InvalidState {}

impl From<InvalidState> for Error {
    fn from(_: InvalidState) -> Self {
        Error::new("InvalidStateError", "invalid state")
    }
}

/// Makes a future that somebody has to complete: `loop.create_future()`.
///
/// # Panics
/// Without a running loop.
pub fn create_future<T: Clone + 'static>() -> Future<T> {
    Future::new(EventLoop::running(), Role::Plain)
}

impl<T: Clone + 'static> Future<T> {
    pub(super) fn new(event_loop: Rc<EventLoop>, role: Role) -> Self {
        Future(Rc::new(FutureInner {
            event_loop,
            role,
            state: RefCell::new(State::Pending),
            callbacks: RefCell::default(),
            next_callback: Cell::new(0),
        }))
    }

    /// Whether it has a result, an exception, or was cancelled.
    pub fn done(&self) -> bool {
        !matches!(*self.0.state.borrow(), State::Pending)
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        matches!(*self.0.state.borrow(), State::Cancelled(_))
    }

    /// The result.
    ///
    /// # Errors
    /// The exception it ended with, the cancellation, or `InvalidStateError` before it is done.
    pub fn result(&self) -> Result<T> {
        self.outcome().unwrap_or_else(|| Err(Error::new("InvalidStateError", "Result is not set.")))
    }

    /// The exception it ended with; `None` when it ended well.
    ///
    /// # Errors
    /// The cancellation, or `InvalidStateError` before it is done: Python raises both.
    pub fn exception(&self) -> Result<Option<Error>> {
        match &*self.0.state.borrow() {
            State::Pending => Err(Error::new("InvalidStateError", "Exception is not set.")),
            State::Cancelled(cancellation) => Err(cancellation.error()),
            State::Finished(result) => Ok(result.as_ref().err().cloned()),
        }
    }

    /// Completes it with a value.
    ///
    /// # Errors
    /// [`InvalidState`] when it is done.
    pub fn set_result(&self, value: T) -> std::result::Result<(), InvalidState> {
        self.0.finish(State::Finished(Ok(value)))
    }

    /// Completes it with an exception.
    ///
    /// # Errors
    /// [`InvalidState`] when it is done.
    pub fn set_exception(&self, error: impl Into<Error>) -> std::result::Result<(), InvalidState> {
        self.0.finish(State::Finished(Err(error.into())))
    }

    /// Cancels it. A plain future is cancelled at once; a task is asked to cancel itself, which the
    /// task may refuse; a gathering future cancels its children. Returns whether it had an effect.
    pub fn cancel(&self) -> bool {
        self.0.cancel(None)
    }

    /// [`Future::cancel`], with a message for the `CancelledError`.
    pub fn cancel_with(&self, message: &str) -> bool {
        self.0.cancel(Some(message.into()))
    }

    /// Calls `callback` with the future once it is done, in a turn of its own; at the next turn
    /// when it is done already.
    pub fn add_done_callback(&self, callback: impl FnOnce(&Future<T>) + 'static) -> CallbackId {
        let future = self.clone();
        let handle = self.0.event_loop.core.handle(move || callback(&future));
        self.0.add_callback(Callback::Call(handle))
    }

    /// Forgets a callback that has not been scheduled. Returns how many were forgotten.
    pub fn remove_done_callback(&self, id: CallbackId) -> usize {
        self.0.remove_callback(id)
    }

    /// The result when it is done.
    pub(super) fn outcome(&self) -> Option<Result<T>> {
        match &*self.0.state.borrow() {
            State::Pending => None,
            State::Cancelled(cancellation) => Some(Err(cancellation.error())),
            State::Finished(result) => Some(result.clone()),
        }
    }

    /// The result as `gather` puts it into its list, where a cancellation is never without a message.
    pub(super) fn gathered(&self) -> Result<T> {
        match &*self.0.state.borrow() {
            State::Cancelled(Cancellation { message, .. }) => {
                Err(Error::Cancelled(Some(message.clone().unwrap_or_default())))
            }
            State::Finished(result) => result.clone(),
            State::Pending => Err(InvalidState.into()),
        }
    }

    /// The `CancelledError` that it raises, or one without a message if it was not cancelled.
    pub(super) fn cancelled_error(&self) -> Error {
        match &*self.0.state.borrow() {
            State::Cancelled(cancellation) => cancellation.error(),
            _ => Error::Cancelled(None),
        }
    }

    /// `Future.cancel` of the base class: what a task does when it ends cancelled.
    pub(super) fn finish_cancelled(&self, cancellation: Cancellation) -> bool {
        self.0.finish(State::Cancelled(cancellation)).is_ok()
    }

    pub(super) fn any(&self) -> Rc<dyn AnyFuture> {
        self.0.clone()
    }

    /// Awaits it, saying what for.
    pub(super) fn wait_as(&self, cause: Cause, at: &'static Location<'static>) -> Await<T> {
        Await::new(self.clone(), cause, at)
    }
}

impl<T: Clone + 'static> FutureInner<T> {
    fn finish(&self, state: State<T>) -> std::result::Result<(), InvalidState> {
        if !matches!(*self.state.borrow(), State::Pending) {
            return Err(InvalidState);
        }
        *self.state.borrow_mut() = state;
        let callbacks = std::mem::take(&mut *self.callbacks.borrow_mut());
        for (_, callback) in callbacks {
            self.schedule(callback);
        }
        Ok(())
    }

    fn schedule(&self, callback: Callback) {
        match callback {
            Callback::Wake(waker) => waker.wake(),
            Callback::Call(handle) => self.event_loop.core.schedule(&handle),
        }
    }

    pub(super) fn add_callback(&self, callback: Callback) -> CallbackId {
        let id = CallbackId(self.next_callback.get());
        self.next_callback.set(id.0 + 1);
        if matches!(*self.state.borrow(), State::Pending) {
            self.callbacks.borrow_mut().push((id, callback));
        } else {
            self.schedule(callback);
        }
        id
    }
}

impl<T> FutureInner<T> {
    pub(super) fn remove_callback(&self, id: CallbackId) -> usize {
        let mut callbacks = self.callbacks.borrow_mut();
        let place = callbacks.iter().position(|(other, _)| *other == id);
        let removed = place.map(|place| callbacks.remove(place));
        drop(callbacks); // what the callback held may come back here when it is freed
        usize::from(removed.is_some())
    }
}

/// A future whose type of value does not matter.
pub(super) trait AnyFuture {
    fn cancel(&self, message: Option<Rc<str>>) -> bool;
    fn is_done(&self) -> bool;
    /// The exception it ended with, cancellation not counting.
    fn failure(&self) -> Option<Error>;
    fn task_id(&self) -> Option<TaskId>;
    fn on_done(&self, handle: Handle) -> CallbackId;
    fn forget(&self, id: CallbackId);
}

impl<T: Clone + 'static> AnyFuture for FutureInner<T> {
    fn cancel(&self, message: Option<Rc<str>>) -> bool {
        if self.is_done() {
            return false;
        }
        match &self.role {
            Role::Plain => self.finish(State::Cancelled(Cancellation::with(message))).is_ok(),
            Role::Task(task) => task.request_cancel(&self.event_loop, message),
            Role::Gathering(gathering) => {
                let mut any = false;
                for child in &gathering.children {
                    any |= child.cancel(message.clone());
                }
                if any {
                    gathering.cancel_requested.set(true);
                }
                any
            }
        }
    }

    fn is_done(&self) -> bool {
        !matches!(*self.state.borrow(), State::Pending)
    }

    fn failure(&self) -> Option<Error> {
        match &*self.state.borrow() {
            State::Finished(Err(error)) => Some(error.clone()),
            _ => None,
        }
    }

    fn task_id(&self) -> Option<TaskId> {
        match &self.role {
            Role::Task(task) => Some(task.id()),
            _ => None,
        }
    }

    fn on_done(&self, handle: Handle) -> CallbackId {
        self.add_callback(Callback::Call(handle))
    }

    fn forget(&self, id: CallbackId) {
        self.remove_callback(id);
    }
}

/// Those that are not the same future as one before them.
pub(super) fn distinct<T, F: AsRef<Future<T>>>(futures: impl IntoIterator<Item = F>) -> Vec<F> {
    let mut seen = HashSet::new();
    let futures = futures.into_iter();
    futures.filter(|future| seen.insert(Rc::as_ptr(&future.as_ref().0))).collect()
}

/// What a task waits for that awaits this future.
pub(super) fn cause_of(role: &Role) -> Cause {
    match role {
        Role::Plain => Cause::Future,
        Role::Task(task) => Cause::Task(task.id()),
        Role::Gathering(gathering) => Cause::Tasks {
            op: "gather",
            tasks: gathering.children.iter().filter_map(|child| child.task_id()).collect(),
        },
    }
}

impl<T> Clone for Future<T> {
    fn clone(&self) -> Self {
        Future(self.0.clone())
    }
}

/// Whether the two are the same future.
impl<T> PartialEq for Future<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Clone + 'static> IntoFuture for Future<T> {
    type Output = Result<T>;
    type IntoFuture = Await<T>;

    #[track_caller]
    fn into_future(self) -> Await<T> {
        let cause = cause_of(&self.0.role);
        Await::new(self, cause, Location::caller())
    }
}

impl<T: Clone + 'static> IntoFuture for &Future<T> {
    type Output = Result<T>;
    type IntoFuture = Await<T>;

    #[track_caller]
    fn into_future(self) -> Await<T> {
        Await::new(self.clone(), cause_of(&self.0.role), Location::caller())
    }
}
