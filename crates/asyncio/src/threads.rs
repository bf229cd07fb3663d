//! Work in a thread that a task waits for: `Lib/asyncio/threads.py`.

use crate::base_events::EventLoop;
use crate::concurrent::{Thread, default_pool, wrap};
use crate::contextvars::Context;
use crate::coroutines::Coro;
use crate::exceptions::Result;
use std::future::Future as StdFuture;
use std::panic::Location;
use trace::{Op, Wait};

/// Runs a function in a thread and waits for its result: `asyncio.to_thread`. It goes to the default
/// pool, which has 8 workers: CPython has 4 more than the machine has processors.
///
/// ```
/// use asyncio::{self, gather, to_thread};
/// let time = asyncio::run(async {
///     gather([1.0, 2.0].map(|seconds| {
///         to_thread(move |thread| async move { thread.sleep(seconds).await })
///     }))
///     .await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 2.0);
/// ```
///
/// Cancelled while the function runs, it leaves the thread to itself.
///
/// # Errors
/// What the function raises.
#[track_caller]
pub fn to_thread<T, F, B>(body: F) -> Coro<T>
where
    T: Clone + 'static,
    F: FnOnce(Thread) -> B + 'static,
    B: StdFuture<Output = Result<T>> + 'static,
{
    let at = Location::caller();
    Coro::new("to_thread", async move {
        let pool = default_pool(&EventLoop::running())?;
        let context = Context::copied();
        let body = |thread| {
            let body = context.enter(|| body(thread));
            context.wrap(body)
        };
        let future = wrap(&pool, &pool.submit_now(body, at)?);
        future.wait_as(Wait::Resource { id: pool.id(), op: Op::ToThread }, at).await
    })
}
