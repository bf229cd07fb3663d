//! What can be made a future: `asyncio.ensure_future`.

use super::create::create_task;
use super::task::Task;
use crate::base_events::EventLoop;
use crate::exceptions::Result;
use crate::futures::Future;
use std::future::{Future as StdFuture, IntoFuture};

/// What [`gather`](super::gather) and [`wait_for`](super::wait_for) accept: tasks, futures and
/// coroutines.
pub trait Awaitable<T>: IntoFuture<Output = Result<T>> {
    /// The future itself, or a new task for a coroutine: `asyncio.ensure_future`.
    fn ensure_future(self) -> Future<T>;

    /// Whether it is a future already, not a coroutine.
    fn is_future(&self) -> bool {
        true
    }
}

/// The future itself, or a new task for a coroutine: `asyncio.ensure_future`.
///
/// ```
/// use asyncio::{self, Future, ensure_future};
/// let result = asyncio::run(async {
///     let future: Future<i32> = ensure_future(async { Ok(7) });
///     future.await
/// });
/// assert_eq!(result.unwrap(), 7);
/// ```
///
/// # Panics
/// For a coroutine, without a running loop.
pub fn ensure_future<T, A: Awaitable<T>>(awaitable: A) -> Future<T> {
    awaitable.ensure_future()
}

/// [`ensure_future`] for asyncio's own coroutines: where the task starts eagerly and raises what leaves the
/// loop, making it raises that.
pub(super) fn begun<T, A: Awaitable<T>>(awaitable: A) -> Result<Future<T>> {
    let future = awaitable.ensure_future();
    EventLoop::running().take_left_by().map_or(Ok(future), Err)
}

impl<T: Clone + 'static> Awaitable<T> for Task<T> {
    fn ensure_future(self) -> Future<T> {
        self.0
    }
}

impl<T: Clone + 'static> Awaitable<T> for &Task<T> {
    fn ensure_future(self) -> Future<T> {
        self.0.clone()
    }
}

impl<T: Clone + 'static> Awaitable<T> for Future<T> {
    fn ensure_future(self) -> Future<T> {
        self
    }
}

impl<T: Clone + 'static, F: StdFuture<Output = Result<T>> + 'static> Awaitable<T> for F {
    fn ensure_future(self) -> Future<T> {
        create_task(self).0
    }

    fn is_future(&self) -> bool {
        false
    }
}

impl<T> AsRef<Future<T>> for Future<T> {
    fn as_ref(&self) -> &Future<T> {
        self
    }
}
