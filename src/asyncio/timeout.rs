//! `asyncio.wait_for`, and the timeout scope under it.

use super::Coro;
use super::error::{Error, Result};
use super::event_loop::EventLoop;
use super::future::{Future, Role};
use super::task::{Awaitable, TaskState};
use super::wait::release;
use crate::executor::Handle;
use crate::trace::{Cause, Whence};
use std::cell::Cell;
use std::panic::Location;
use std::rc::Rc;

/// Waits for an awaitable, at most `timeout` seconds; `None` waits for ever. When time is up the
/// awaitable is cancelled, and `TimeoutError` raised once it has ended.
///
/// As `wait_for` of CPython 3.13 does, it awaits a coroutine inside the present task; with a timeout
/// of 0 or less it makes a task of it, and cancels it before it begins.
///
/// ```
/// use coroscope::asyncio::{self, sleep, wait_for};
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
    let at = Location::caller();
    Box::pin(async move {
        match timeout {
            Some(seconds) if seconds <= 0.0 => expired(awaitable.ensure_future(), at).await,
            _ => within(timeout, awaitable.into_future()).await,
        }
    })
}

/// The branch of `wait_for` for a timeout of 0 or less.
async fn expired<T: Clone + 'static>(future: Future<T>, at: Whence) -> Result<T> {
    if let Some(result) = future.outcome() {
        return result;
    }
    // `_cancel_and_wait`: not awaiting the future itself, so as to be cancellable while waiting.
    let waiter: Future<()> = Future::new(EventLoop::running(), Role::Plain);
    let released = waiter.clone();
    let callback = future.add_done_callback(move |_| release(&released));
    future.cancel();
    let cause = future.any().task_id().map_or(Cause::Future, Cause::Task);
    let waited = waiter.wait_as(cause, at).await;
    future.remove_done_callback(callback);
    waited?;
    match future.result() {
        Err(Error::Cancelled(_)) => Err(timeout_error()),
        result => result,
    }
}

/// `async with asyncio.timeout(delay): return await body`.
async fn within<T>(
    delay: Option<f64>,
    body: impl std::future::Future<Output = Result<T>>,
) -> Result<T> {
    let event_loop = EventLoop::running();
    let task = event_loop.current().expect("Timeout should be used inside a task");
    let Some(delay) = delay else { return body.await };
    let scope = Scope::enter(&event_loop, task, event_loop.core.time() + delay);
    let result = body.await;
    scope.exit(result)
}

fn timeout_error() -> Error {
    Error::new("TimeoutError", "")
}

/// A `Timeout` that has been entered (`Lib/asyncio/timeouts.py`).
struct Scope {
    task: Rc<TaskState>,
    /// Cancellation requests when it was entered.
    cancelling: u32,
    expired: Rc<Cell<bool>>,
    handle: Handle,
}

impl Scope {
    fn enter(event_loop: &Rc<EventLoop>, task: Rc<TaskState>, when: f64) -> Self {
        let expired = Rc::new(Cell::new(false));
        let on_timeout = {
            let (event_loop, task, expired) = (event_loop.clone(), task.clone(), expired.clone());
            move || {
                task.request_cancel(&event_loop, None);
                expired.set(true);
            }
        };
        let handle = if when <= event_loop.core.time() {
            event_loop.core.call_soon(on_timeout)
        } else {
            event_loop.core.call_at(when, on_timeout)
        };
        task.deadlines().borrow_mut().push(when);
        Scope { cancelling: task.cancelling(), task, expired, handle }
    }

    /// `__aexit__`: a cancellation that is this timeout's own becomes `TimeoutError`.
    fn exit<T>(self, result: Result<T>) -> Result<T> {
        self.handle.cancel();
        let own = self.expired.get() && self.task.uncancel() <= self.cancelling;
        match result {
            Err(Error::Cancelled(_)) if own => Err(timeout_error()),
            result => result,
        }
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        self.handle.cancel();
        // Scopes are left in the reverse order of entering.
        self.task.deadlines().borrow_mut().pop();
    }
}
