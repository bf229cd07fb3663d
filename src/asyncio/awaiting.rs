//! The one place where a task is suspended on a future.

use super::error::{Error, Result};
use super::future::{Callback, CallbackId, Future};
use crate::trace::{Cause, Whence};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Awaiting an [`asyncio::Future`](Future): what `await future` does in CPython
/// (`Future.__await__` together with `Task.__step`).
///
/// A future that is done does not suspend. Otherwise the task's wake-up is the future's next
/// callback; on resumption a cancellation requested meanwhile comes first, then the future's result.
pub struct Await<T> {
    future: Future<T>,
    cause: Cause,
    at: Whence,
    registered: Option<(CallbackId, Waker)>,
}

impl<T: Clone + 'static> Await<T> {
    pub(super) fn new(future: Future<T>, cause: Cause, at: Whence) -> Self {
        Await { future, cause, at, registered: None }
    }
}

impl<T> Unpin for Await<T> {}

impl<T: Clone + 'static> std::future::Future for Await<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let event_loop = self.future.0.event_loop.clone();
        let task = event_loop.current();
        if self.registered.is_some()
            && let Some(cancelled) = task.as_ref().and_then(|task| task.take_cancellation())
        {
            // One that came through the future was there first.
            let own = self.future.outcome().and_then(Result::err).filter(Error::is_cancelled);
            return Poll::Ready(Err(own.unwrap_or(cancelled)));
        }
        if let Some(result) = self.future.outcome() {
            self.registered = None;
            return Poll::Ready(result);
        }
        let known = self.registered.as_ref();
        if !known.is_some_and(|(_, waker)| waker.will_wake(cx.waker())) {
            if let Some((id, _)) = self.registered.take() {
                self.future.0.remove_callback(id);
            }
            let waker = cx.waker().clone();
            let id = self.future.0.add_callback(Callback::Wake(waker.clone()));
            self.registered = Some((id, waker));
        }
        let until = task.as_ref().and_then(|task| task.deadline());
        event_loop.core.waits_for(self.cause.clone(), Some(self.at), until);
        if let Some(task) = task {
            task.waits_on(self.future.any());
        }
        Poll::Pending
    }
}

impl<T> Drop for Await<T> {
    fn drop(&mut self) {
        if let Some((id, _)) = self.registered.take() {
            self.future.0.remove_callback(id);
        }
    }
}
