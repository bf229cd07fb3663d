//! `asyncio.shield`.

use crate::base_events::EventLoop;
use crate::exceptions::Result;
use crate::futures::{Future, Role};
use crate::tasks::Awaitable;
use trace::{GroupOp, HandleKind, Wait};

/// A future that ends as the awaitable does, and whose cancellation leaves the awaitable alone. When
/// the awaitable itself is cancelled, so is the future. What is done already is returned as it is.
///
/// Follows `shield` of CPython 3.13 (`Lib/asyncio/tasks.py`).
///
/// ```
/// use asyncio::{self, create_task, shield, sleep, wait_for};
/// let value = asyncio::run(async {
///     let task = create_task(async { sleep(2.0).await.map(|()| 7) });
///     let late = wait_for(shield(&task), Some(1.0)).await;
///     assert!(late.unwrap_err().is("TimeoutError"));
///     task.await // it went on
/// });
/// assert_eq!(value.unwrap(), 7);
/// ```
///
/// # Panics
/// Without a running loop.
pub fn shield<T, A>(awaitable: A) -> Future<T>
where
    T: Clone + 'static,
    A: Awaitable<T>,
{
    let inner = awaitable.ensure_future();
    if inner.done() {
        return inner;
    }
    let cause = Wait::on_tasks(GroupOp::Shield, inner.any().task_id());
    let outer: Future<T> = Future::new(EventLoop::running(), Role::For(cause));
    let shielded = outer.clone();
    let inner_done = inner.when_done(HandleKind::Internal, move |inner| {
        // Logged here, since in CPython the callback holds the outer future until that is done.
        if let Err(error) = pass_on(inner, &shielded) {
            let event_loop = &inner.0.event_loop;
            event_loop.log_error("Exception in callback", None, Some(&error), None);
        }
    });
    outer.when_done(HandleKind::Internal, move |_| {
        if !inner.done() {
            inner.remove_done_callback(inner_done);
        }
    });
    outer
}

/// `_inner_done_callback`: the end of the one becomes the other's; an error if somebody has completed
/// the other already.
fn pass_on<T: Clone + 'static>(inner: &Future<T>, outer: &Future<T>) -> Result {
    if outer.cancelled() {
        if !inner.cancelled() {
            // Nobody will ask for its exception: it counts as retrieved.
            let _ = inner.exception();
        }
    } else if inner.cancelled() {
        outer.cancel();
    } else {
        return match inner.result() {
            Ok(value) => outer.set_result(value),
            Err(error) => outer.set_exception(error),
        };
    }
    Ok(())
}
