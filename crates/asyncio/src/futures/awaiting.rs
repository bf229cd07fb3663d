//! The one place where a task is suspended on a future.

use crate::coroutines::is_unheard;
use crate::exceptions::{Error, Result};
use crate::futures::{Callback, CallbackId, Future};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use trace::{Caller, Wait};

/// Awaiting an [`asyncio::Future`](Future): what `await future` does in CPython
/// (`Future.__await__` together with `Task.__step`).
///
/// A future that is done does not suspend. Otherwise the task's wake-up is the future's next
/// callback; on resumption a cancellation requested meanwhile comes first, then the future's result.
pub struct Await<T> {
    future: Future<T>,
    cause: Wait,
    at: Caller,
    /// The wake-ups of those who poll it: several when tasks share the steps of a coroutine.
    registered: Vec<(CallbackId, Waker)>,
    /// What the next turn tells the task that was found to await itself, by its waker.
    on_itself: Option<(Waker, Error)>,
    suspended: bool,
}

impl<T: Clone + 'static> Await<T> {
    pub(crate) fn new(future: Future<T>, cause: Wait, at: Caller) -> Self {
        Await { future, cause, at, registered: Vec::new(), on_itself: None, suspended: false }
    }
}

impl<T> Unpin for Await<T> {}

impl<T: Clone + 'static> std::future::Future for Await<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let polled = self.wait(cx);
        self.suspended = polled.is_pending();
        if polled.is_ready() {
            // Another task that waits in it is woken all the same, and finds the coroutine ended.
            self.registered.clear();
        }
        polled
    }
}

impl<T: Clone + 'static> Await<T> {
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let event_loop = self.future.0.event_loop.clone();
        if self.suspended
            && let Some(raised) = event_loop.program.take_raised()
        {
            return Poll::Ready(Err(raised));
        }
        let task = event_loop.current();
        if let (true, Some(task)) = (self.suspended, &task)
            && task.went_on()
            && !self.is_registered(cx)
            && let Some(thrown) = task.thrown()
        {
            return Poll::Ready(Err(thrown));
        }
        if !self.registered.is_empty()
            && let Some(cancelled) = task.as_ref().and_then(|task| task.take_cancellation())
        {
            // One that came through the future was there first.
            let own = self.future.outcome().and_then(Result::err).filter(Error::is_cancelled);
            // Other tasks that share the coroutine are woken all the same.
            self.registered.retain(|(_, waker)| waker.will_wake(cx.waker()));
            return Poll::Ready(Err(own.unwrap_or(cancelled)));
        }
        if let Some((_, error)) = self.on_itself.take_if(|(waker, _)| waker.will_wake(cx.waker())) {
            return Poll::Ready(Err(error));
        }
        if let Some(result) = self.future.outcome() {
            return Poll::Ready(result);
        }
        if self.registered.is_empty() && self.future.0.spoilt.get() {
            return Poll::Ready(Err(Error::new("RuntimeError", "await wasn't used with future")));
        }
        if is_unheard(cx) {
            // `_asyncio_future_blocking` stays set here too.
            self.future.0.spoilt.set(true);
            return Poll::Pending;
        }
        if let Some(task) = task.as_ref().filter(|task| task.is_future(&self.future)) {
            self.future.0.spoilt.set(true);
            task.yields();
            cx.waker().wake_by_ref();
            let text = format!("Task cannot await on itself: {}", task.repr());
            self.on_itself = Some((cx.waker().clone(), Error::new("RuntimeError", text)));
            return Poll::Pending;
        }
        if !self.is_registered(cx) {
            let waker = cx.waker().clone();
            let id = self.future.0.add_callback(Callback::Wake(waker.clone()));
            self.registered.push((id, waker));
        }
        event_loop.core.waits_for(self.cause.clone(), Some(self.at));
        if let Some(task) = task {
            task.waits_on(self.future.any());
        }
        Poll::Pending
    }

    /// Whether the future will wake the task that polls.
    fn is_registered(&self, cx: &Context<'_>) -> bool {
        self.registered.iter().any(|(_, waker)| waker.will_wake(cx.waker()))
    }
}

impl<T> Drop for Await<T> {
    fn drop(&mut self) {
        for (id, _) in std::mem::take(&mut self.registered) {
            self.future.0.remove_callback(id);
        }
    }
}
