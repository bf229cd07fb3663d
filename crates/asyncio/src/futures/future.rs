//! `asyncio.Future`: a value to come, with callbacks.

use super::any_future::{AnyFuture, Node};
use super::awaiting::Await;
use super::cancellation::Cancellation;
use super::done_callback::{DoneCallback, once};
use super::inner::{Callback, CallbackId, End, FutureInner};
use super::role::{Role, cause_of};
use crate::base_events::{CallbackResult, EventLoop};
use crate::contextvars::{Context, OwnContext};
use crate::exceptions::{Error, Result};
use crate::freeing::Collectable;
use crate::tasks::TaskState;
use std::future::IntoFuture;
use std::panic::Location;
use std::rc::{Rc, Weak};
use trace::{HandleKind, Wait};

/// A value to come. Clones are the same future. Behaves as `asyncio.Future` does in CPython 3.13
/// (`Lib/asyncio/futures.py`): completing it schedules its callbacks, and the tasks that await it, in
/// the order in which they came, for the next iteration.
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
pub struct Future<T>(pub(crate) Rc<dyn Node<T>>);

/// Makes a future that somebody has to complete: `loop.create_future()`.
///
/// # Panics
/// Without a running loop.
pub fn create_future<T: Clone + 'static>() -> Future<T> {
    Future::new(EventLoop::running(), Role::Plain)
}

impl<T: Clone + 'static> Future<T> {
    pub(crate) fn new(event_loop: Rc<EventLoop>, role: Role) -> Self {
        Future(Rc::new(FutureInner::new(event_loop, role)))
    }

    /// Whether it has a result, an exception, or was cancelled.
    pub fn done(&self) -> bool {
        !self.0.inner().is_pending()
    }

    /// The name of its class: `Future`, `Task`, or `_GatheringFuture` for what `gather` gives.
    pub fn class(&self) -> &'static str {
        self.0.class()
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        self.0.inner().is_cancelled()
    }

    /// The result.
    ///
    /// # Errors
    /// The exception it ended with, the cancellation, or `InvalidStateError` before it is done.
    pub fn result(&self) -> Result<T> {
        match self.outcome() {
            Some(result) => result.map_err(Error::raised),
            None => Err(Error::new("InvalidStateError", "Result is not set.")),
        }
    }

    /// The exception it ended with; `None` when it ended well.
    ///
    /// # Errors
    /// The cancellation, or `InvalidStateError` before it is done: Python raises both.
    pub fn exception(&self) -> Result<Option<Error>> {
        self.0.exception_any().map_err(Error::raised)
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
            error = Error::replacing(error, text);
        }
        self.complete(Err(error))
    }

    fn refuse_for_task(&self, operation: &str) -> Result {
        if self.0.is_task() {
            let text = format!("Task does not support {operation} operation");
            return Err(Error::new("RuntimeError", text));
        }
        Ok(())
    }

    /// Completes it with a value if it is pending; whether it was.
    #[inline]
    pub(crate) fn settle(&self, value: T) -> bool {
        self.0.try_finish(End::Finished(Ok(value)))
    }

    /// What completing it comes to in the end, for a task too.
    pub(crate) fn complete(&self, result: Result<T>) -> Result {
        let failed = result.is_err();
        if let Err(Error::GeneratorExit(_)) = &result {
            self.0.event_loop.program.knows_exits.set(true);
        }
        self.0.finish(End::Finished(result))?;
        if failed {
            let failed: Rc<dyn Collectable> = self.any();
            self.0.event_loop.garbage.failed(Rc::downgrade(&failed));
        }
        Ok(())
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

    /// Calls `callback` with the future once it is done, by a handle of its own; in the next iteration
    /// when it is done already.
    /// An error that the callback returns is logged.
    pub fn add_done_callback<R: CallbackResult + 'static>(
        &self,
        callback: impl FnOnce(&Future<T>) -> R + 'static,
    ) -> CallbackId {
        self.when_done_in(HandleKind::DoneCallback, OwnContext::copied(), once(callback))
    }

    /// [`Future::add_done_callback`] with what it is called in: `context=context`.
    pub fn add_done_callback_in<R: CallbackResult + 'static>(
        &self,
        context: Context,
        callback: impl FnOnce(&Future<T>) -> R + 'static,
    ) -> CallbackId {
        self.when_done_in(HandleKind::DoneCallback, OwnContext::of(context), once(callback))
    }

    /// The same for what asyncio does itself, known to the trace as a callback of this kind. Its handle holds
    /// what `callback` does, beyond the call.
    pub(crate) fn when_done<R: CallbackResult>(
        &self,
        kind: HandleKind,
        callback: impl Fn(&Future<T>) -> R + 'static,
    ) -> CallbackId {
        self.when_done_in(kind, OwnContext::copied(), move |future| callback(future).error())
    }

    fn when_done_in(
        &self,
        kind: HandleKind,
        context: OwnContext,
        callback: impl Fn(&Future<T>) -> Option<Error> + 'static,
    ) -> CallbackId {
        let callback = DoneCallback::new(self.clone(), callback, context);
        let handle = self.0.event_loop.core.handle_of(kind, callback);
        self.0.add_callback(Callback::Call(handle))
    }

    /// Forgets a callback that has not been scheduled. Returns how many were forgotten.
    pub fn remove_done_callback(&self, id: CallbackId) -> usize {
        self.0.remove_callback(id)
    }

    /// The result when it is done; counts as looking at the exception.
    pub(crate) fn outcome(&self) -> Option<Result<T>> {
        self.0.inner().outcome()
    }

    /// Counts as looking at the exception.
    pub(crate) fn mark_retrieved(&self) {
        self.0.unretrieved.set(false);
    }

    /// The result as `gather` puts it into its list, raising nothing; a cancellation is never without a
    /// message there.
    pub(crate) fn gathered(&self) -> Result<T> {
        if let Some(end) = self.0.end().filter(|end| end.is_cancelled()) {
            let message = end.message().cloned();
            return Err(Error::cancelled(Some(message.unwrap_or_default())));
        }
        self.outcome().unwrap_or_else(|| self.result())
    }

    /// `_make_cancelled_error`: the `CancelledError` that it raises; if it was not cancelled, one with
    /// the message of a request that its task survived.
    pub(crate) fn cancelled_error(&self) -> Error {
        let own = self.0.end().and_then(End::cancelled_error);
        own.unwrap_or_else(|| Error::cancelled(self.task().and_then(TaskState::cancel_message)))
    }

    /// `Future.cancel` of the base class: what a task does when it ends cancelled.
    pub(crate) fn finish_cancelled(&self, cancellation: Cancellation) -> bool {
        self.0.try_finish(cancellation.into())
    }

    pub(crate) fn any(&self) -> Rc<dyn AnyFuture> {
        self.0.clone()
    }

    /// What a task has besides.
    pub(crate) fn task(&self) -> Option<&TaskState> {
        self.0.state()
    }

    /// Awaits it, saying what for.
    pub(crate) fn wait_as(&self, cause: Wait, at: &'static Location<'static>) -> Await<T> {
        Await::new(self.clone(), cause, at)
    }
}

/// A future that this does not keep: `weakref.ref(future)`. It is gone when nobody else has it.
pub struct WeakFuture<T>(Weak<dyn Node<T>>);

impl<T> WeakFuture<T> {
    /// The future, if it is still there.
    pub fn upgrade(&self) -> Option<Future<T>> {
        self.0.upgrade().map(Future)
    }
}

impl<T> Future<T> {
    /// A weak reference to it.
    ///
    /// ```
    /// use asyncio::create_future;
    /// let gone = asyncio::run(async {
    ///     let future = create_future::<()>();
    ///     let weak = future.downgrade();
    ///     drop(future);
    ///     Ok(weak.upgrade().is_none())
    /// });
    /// assert!(gone.unwrap());
    /// ```
    pub fn downgrade(&self) -> WeakFuture<T> {
        WeakFuture(Rc::downgrade(&self.0))
    }

    /// What tells it from every other.
    pub(crate) fn place(&self) -> *const () {
        Rc::as_ptr(&self.0).cast()
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
        self.place() == other.place()
    }
}

impl<T: Clone + 'static> IntoFuture for Future<T> {
    type Output = Result<T>;
    type IntoFuture = Await<T>;

    #[track_caller]
    fn into_future(self) -> Await<T> {
        let cause = cause_of(&*self.0);
        Await::new(self, cause, Location::caller())
    }
}

impl<T: Clone + 'static> IntoFuture for &Future<T> {
    type Output = Result<T>;
    type IntoFuture = Await<T>;

    #[track_caller]
    fn into_future(self) -> Await<T> {
        Await::new(self.clone(), cause_of(&*self.0), Location::caller())
    }
}
