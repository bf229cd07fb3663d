//! `asyncio.Future`: a value to come, with callbacks.

use super::awaiting::Await;
use super::contextvars::Context;
use super::error::{Error, Result};
use super::event_loop::{CallbackResult, EventLoop};
use super::task::TaskState;
use executor::Handle;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::future::IntoFuture;
use std::panic::Location;
use std::rc::{Rc, Weak};
use std::task::Waker;
use trace::{Cause, ResourceId, TaskId};

/// A value to come. Clones are the same future. Behaves as `asyncio.Future` does in CPython 3.13
/// (`Lib/asyncio/futures.py`): completing it schedules its callbacks, and the tasks that await it, in
/// the order in which they came, for the next turn.
///
/// ```
/// use asyncio::{self, create_future, call_later};
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
    this: Weak<Self>,
    pub(super) event_loop: Rc<EventLoop>,
    pub(super) role: Role,
    state: RefCell<State<T>>,
    callbacks: RefCell<Vec<(CallbackId, Callback)>>,
    /// Whether it holds an exception that nobody has looked at: `__log_traceback`.
    unretrieved: Cell<bool>,
    /// Whether a task awaited itself through this future, which leaves `_asyncio_future_blocking` set
    /// and spoils every later await.
    pub(super) spoilt: Cell<bool>,
}

/// What sort of future it is, which decides what cancelling it does.
pub(super) enum Role {
    Plain,
    /// Plain, but known to stand for something: what a task waits for that awaits it.
    For(Cause),
    Task(Rc<TaskState>),
    Gathering(Gathering),
    /// A job in a pool.
    Job(ResourceId),
}

/// The part of `_GatheringFuture` that cancelling needs.
pub(super) struct Gathering {
    pub(super) children: LastFirst<Rc<dyn AnyFuture>>,
    pub(super) cancel_requested: Rc<Cell<bool>>,
}

/// What a Python list holds: it frees the last first.
pub(super) struct LastFirst<T>(pub(super) Vec<T>);

impl<T> Drop for LastFirst<T> {
    fn drop(&mut self) {
        while self.0.pop().is_some() {}
    }
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

/// Names a callback of a future, to remove it by; no two of a run are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackId(pub(super) u64);

/// Makes a future that somebody has to complete: `loop.create_future()`.
///
/// # Panics
/// Without a running loop.
pub fn create_future<T: Clone + 'static>() -> Future<T> {
    Future::new(EventLoop::running(), Role::Plain)
}

impl<T: Clone + 'static> Future<T> {
    pub(super) fn new(event_loop: Rc<EventLoop>, role: Role) -> Self {
        Future(Rc::new_cyclic(|this| FutureInner {
            this: this.clone(),
            event_loop,
            role,
            state: RefCell::new(State::Pending),
            callbacks: RefCell::default(),
            unretrieved: Cell::new(false),
            spoilt: Cell::new(false),
        }))
    }

    /// Whether it has a result, an exception, or was cancelled.
    pub fn done(&self) -> bool {
        !matches!(*self.0.state.borrow(), State::Pending)
    }

    /// The name of its class: `Future`, `Task`, or `_GatheringFuture` for what `gather` gives.
    pub fn class(&self) -> &'static str {
        self.0.class()
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
        self.0.exception_any()
    }

    /// Completes it with a value.
    ///
    /// # Errors
    /// `InvalidStateError` when it is done, `RuntimeError` for a task.
    pub fn set_result(&self, value: T) -> Result {
        self.refuse_for_task("set_result")?;
        self.complete(Ok(value))
    }

    /// Completes it with an exception. Being freed before anybody looks at the exception is logged:
    /// `Future exception was never retrieved`.
    ///
    /// # Errors
    /// `InvalidStateError` when it is done, `RuntimeError` for a task.
    pub fn set_exception(&self, error: impl Into<Error>) -> Result {
        self.refuse_for_task("set_exception")?;
        let mut error = error.into();
        if error.is("StopIteration") && !self.done() {
            let text = "StopIteration interacts badly with generators and cannot be raised into a \
                        Future";
            error = Error::new("RuntimeError", text);
        }
        self.complete(Err(error))
    }

    fn refuse_for_task(&self, operation: &str) -> Result {
        match self.0.role {
            Role::Task(_) => {
                let text = format!("Task does not support {operation} operation");
                Err(Error::new("RuntimeError", text))
            }
            _ => Ok(()),
        }
    }

    /// What completing it comes to in the end, for a task too.
    pub(super) fn complete(&self, result: Result<T>) -> Result {
        self.0.finish(State::Finished(result))
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
    /// An error that the callback returns is logged.
    pub fn add_done_callback<R: CallbackResult>(
        &self,
        callback: impl FnOnce(&Future<T>) -> R + 'static,
    ) -> CallbackId {
        let (future, context) = (self.clone(), Context::copied());
        let handle = self.0.event_loop.core.handle(move || {
            if let Some(error) = context.run(|| callback(&future).error()) {
                let event_loop = &future.0.event_loop;
                event_loop.log_error("Exception in callback", None, Some(&error));
            }
            let core = future.0.event_loop.core.clone();
            core.keep(future);
        });
        self.0.add_callback(Callback::Call(handle))
    }

    /// Forgets a callback that has not been scheduled. Returns how many were forgotten.
    pub fn remove_done_callback(&self, id: CallbackId) -> usize {
        self.0.remove_callback(id)
    }

    /// The result when it is done; counts as looking at the exception.
    pub(super) fn outcome(&self) -> Option<Result<T>> {
        match &*self.0.state.borrow() {
            State::Pending => None,
            State::Cancelled(cancellation) => Some(Err(cancellation.error())),
            State::Finished(result) => {
                self.0.unretrieved.set(false);
                Some(result.clone())
            }
        }
    }

    /// Counts as looking at the exception.
    pub(super) fn mark_retrieved(&self) {
        self.0.unretrieved.set(false);
    }

    /// The result as `gather` puts it into its list, where a cancellation is never without a message.
    pub(super) fn gathered(&self) -> Result<T> {
        if let State::Cancelled(Cancellation { message, .. }) = &*self.0.state.borrow() {
            return Err(Error::Cancelled(Some(message.clone().unwrap_or_default())));
        }
        self.result()
    }

    /// `_make_cancelled_error`: the `CancelledError` that it raises; if it was not cancelled, one with
    /// the message of a request that its task survived.
    pub(super) fn cancelled_error(&self) -> Error {
        match &*self.0.state.borrow() {
            State::Cancelled(cancellation) => cancellation.error(),
            _ => Error::Cancelled(match &self.0.role {
                Role::Task(task) => task.cancel_message(),
                _ => None,
            }),
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
    fn finish(&self, state: State<T>) -> Result {
        if !matches!(*self.state.borrow(), State::Pending) {
            return Err(invalid_state());
        }
        self.unretrieved.set(matches!(state, State::Finished(Err(_))));
        if self.unretrieved.get() {
            let failed: Weak<Self> = self.this.clone();
            self.event_loop.program.failed(failed);
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
        let id = self.event_loop.program.next_callback();
        if matches!(*self.state.borrow(), State::Pending) {
            self.callbacks.borrow_mut().push((id, callback));
        } else {
            self.schedule(callback);
        }
        id
    }
}

impl<T> FutureInner<T> {
    fn class(&self) -> &'static str {
        match &self.role {
            Role::Plain | Role::For(_) | Role::Job(_) => "Future",
            Role::Task(_) => "Task",
            Role::Gathering(_) => "_GatheringFuture",
        }
    }

    pub(super) fn remove_callback(&self, id: CallbackId) -> usize {
        let mut callbacks = self.callbacks.borrow_mut();
        let place = callbacks.iter().position(|(other, _)| *other == id);
        let removed = place.map(|place| callbacks.remove(place));
        drop(callbacks); // what the callback held may come back here when it is freed
        usize::from(removed.is_some())
    }
}

fn invalid_state() -> Error {
    Error::new("InvalidStateError", "invalid state")
}

impl<T> FutureInner<T> {
    /// What CPython does when it frees it.
    fn tell_unretrieved(&self) {
        if let (true, State::Finished(Err(error))) = (self.unretrieved.get(), &*self.state.borrow())
        {
            let about = match &self.role {
                Role::Task(task) => task.traced_id(),
                _ => None,
            };
            let message = format!("{} exception was never retrieved", self.class());
            self.event_loop.log_error(&message, about, Some(error));
            self.unretrieved.set(false);
        }
    }
}

impl<T> Drop for FutureInner<T> {
    fn drop(&mut self) {
        self.tell_unretrieved();
    }
}

/// A future whose type of value does not matter.
pub(super) trait AnyFuture {
    fn cancel(&self, message: Option<Rc<str>>) -> bool;
    fn is_done(&self) -> bool;
    fn is_cancelled(&self) -> bool;
    /// [`Future::exception`].
    fn exception_any(&self) -> Result<Option<Error>>;
    /// The exception it ended with, cancellation not counting; counts as looking at it.
    fn failure(&self) -> Option<Error>;
    fn task_id(&self) -> Option<TaskId>;
    /// The future itself, to look for its type.
    fn as_any(self: Rc<Self>) -> Rc<dyn Any>;
    fn on_done(&self, handle: Handle) -> CallbackId;
    fn forget(&self, id: CallbackId);
    /// Says that it holds an exception that nobody has looked at, if it does.
    fn report_unretrieved(&self);
}

impl<T: Clone + 'static> AnyFuture for FutureInner<T> {
    fn cancel(&self, message: Option<Rc<str>>) -> bool {
        if self.is_done() {
            if !matches!(self.role, Role::Gathering(_)) {
                self.unretrieved.set(false);
            }
            return false;
        }
        match &self.role {
            Role::Plain | Role::For(_) | Role::Job(_) => {
                self.finish(State::Cancelled(Cancellation::with(message))).is_ok()
            }
            Role::Task(task) => task.request_cancel(&self.event_loop, message),
            Role::Gathering(gathering) => {
                let mut any = false;
                for child in &gathering.children.0 {
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

    fn is_cancelled(&self) -> bool {
        matches!(*self.state.borrow(), State::Cancelled(_))
    }

    fn exception_any(&self) -> Result<Option<Error>> {
        match &*self.state.borrow() {
            State::Pending => Err(Error::new("InvalidStateError", "Exception is not set.")),
            State::Cancelled(cancellation) => Err(cancellation.error()),
            State::Finished(result) => {
                self.unretrieved.set(false);
                Ok(result.as_ref().err().cloned())
            }
        }
    }

    fn failure(&self) -> Option<Error> {
        match &*self.state.borrow() {
            State::Finished(Err(error)) => {
                self.unretrieved.set(false);
                Some(error.clone())
            }
            _ => None,
        }
    }

    fn task_id(&self) -> Option<TaskId> {
        match &self.role {
            Role::Task(task) => Some(task.id()),
            _ => None,
        }
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }

    fn on_done(&self, handle: Handle) -> CallbackId {
        self.add_callback(Callback::Call(handle))
    }

    fn forget(&self, id: CallbackId) {
        self.remove_callback(id);
    }

    fn report_unretrieved(&self) {
        self.tell_unretrieved();
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
        Role::For(cause) => cause.clone(),
        Role::Job(id) => Cause::Resource { id: *id, op: "run_in_executor" },
        Role::Task(task) => Cause::Task(task.id()),
        Role::Gathering(gathering) => Cause::Tasks {
            op: "gather",
            tasks: gathering.children.0.iter().filter_map(|child| child.task_id()).collect(),
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
