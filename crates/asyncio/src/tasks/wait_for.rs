//! `asyncio.wait_for`.

use super::awaitable::begun;
use super::wait::release;
use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result, while_handling};
use crate::futures::{CallbackId, Future, Role, cause_of};
use crate::tasks::Awaitable;
use crate::timeouts;
use std::panic::Location;
use trace::{Caller, HandleKind};

/// Waits for an awaitable, at most `timeout` seconds; `None` waits for ever. When time is up the
/// awaitable is cancelled, and `TimeoutError` raised once it has ended.
///
/// As `wait_for` of CPython 3.13 (`Lib/asyncio/tasks.py`) does, it awaits a coroutine inside the
/// present task; with a timeout of 0 or less it makes a task of it, and cancels it before it begins.
///
/// ```
/// use asyncio::{self, sleep, wait_for};
/// let late = asyncio::run(async { wait_for(sleep(3.0), Some(1.0)).await });
/// assert_eq!(late.unwrap_err().to_string(), "TimeoutError");
/// ```
///
/// # Errors
/// `TimeoutError`, or what the awaitable raises.
#[track_caller]
pub fn wait_for<T, A>(awaitable: A, timeout: Option<f64>) -> Coro<T>
where
    T: Clone + 'static,
    A: Awaitable<T> + 'static,
    A::IntoFuture: 'static,
{
    if timeout.is_some_and(|seconds| seconds <= 0.0) {
        let at = Location::caller();
        return Coro::new("wait_for", async move { expired(begun(awaitable)?, at).await });
    }
    // Made here so that awaiting a future counts as the caller's line.
    let body = awaitable.into_future();
    Coro::new("wait_for", async move { timeouts::timeout(timeout).scope(|_| body).await })
}

/// The branch of `wait_for` for a timeout of 0 or less.
async fn expired<T: Clone + 'static>(future: Future<T>, at: Caller) -> Result<T> {
    if future.done() {
        return future.result();
    }
    cancel_and_wait(&future, at).await?;
    match future.result() {
        Err(cancelled @ Error::Cancelled(_)) => Err(late(&cancelled)),
        result => result,
    }
}

/// `raise TimeoutError from exc`.
fn late(cancelled: &Error) -> Error {
    while_handling(cancelled, || Error::new("TimeoutError", "")).from_cause(Some(cancelled))
}

/// `_cancel_and_wait`: not awaiting the future itself, so as to be cancellable while waiting.
async fn cancel_and_wait<T: Clone + 'static>(future: &Future<T>, at: Caller) -> Result {
    let waiter: Future<()> = Future::new(EventLoop::running(), Role::Plain);
    let released = waiter.clone();
    let callback = future.when_done(HandleKind::Internal, move |_| release(&released));
    let _forget = Forget { future, callback };
    future.cancel();
    waiter.wait_as(cause_of(&*future.0), at).await
}

/// Takes a callback back at the end.
struct Forget<'a, T: Clone + 'static> {
    future: &'a Future<T>,
    callback: CallbackId,
}

impl<T: Clone + 'static> Drop for Forget<'_, T> {
    fn drop(&mut self) {
        self.future.remove_done_callback(self.callback);
    }
}
