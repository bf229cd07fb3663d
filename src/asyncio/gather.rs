//! `asyncio.gather`.

use super::error::Result;
use super::event_loop::EventLoop;
use super::future::{Future, Gathering, Role, distinct};
use super::task::Awaitable;
use std::cell::Cell;
use std::rc::Rc;

/// Runs awaitables concurrently; the future's result is the list of theirs, in the order given. The
/// first exception becomes the future's at once, and the others keep running; so does a child's
/// cancellation. Cancelling the future cancels the children that are not done.
///
/// Follows `gather` of CPython 3.13 (`Lib/asyncio/tasks.py`), where a future given twice counts once.
///
/// ```
/// use coroscope::asyncio::{self, Error, Result, gather, sleep};
/// async fn job(n: i32) -> Result<i32> {
///     sleep(0.1).await?;
///     if n < 0 { Err(Error::new("ValueError", "negative")) } else { Ok(n) }
/// }
/// assert_eq!(asyncio::run(async { gather([job(1), job(2)]).await }).unwrap(), [1, 2]);
/// let failed = asyncio::run(async { gather([job(1), job(-2)]).await });
/// assert_eq!(failed.unwrap_err().to_string(), "ValueError: negative");
/// ```
///
/// # Panics
/// Without a running loop.
pub fn gather<T, A>(awaitables: impl IntoIterator<Item = A>) -> Future<Vec<T>>
where
    T: Clone + 'static,
    A: Awaitable<T>,
{
    gather_with(awaitables, true, |children| children.iter().map(Future::result).collect())
}

/// [`gather`] with `return_exceptions=True`: exceptions and cancellations of children stand in the
/// list like results.
///
/// # Panics
/// Without a running loop.
pub fn gather_return_exceptions<T, A>(
    awaitables: impl IntoIterator<Item = A>,
) -> Future<Vec<Result<T>>>
where
    T: Clone + 'static,
    A: Awaitable<T>,
{
    gather_with(awaitables, false, |children| Ok(children.iter().map(Future::gathered).collect()))
}

fn gather_with<T, A, R>(
    awaitables: impl IntoIterator<Item = A>,
    stop_at_failure: bool,
    collect: fn(&[Future<T>]) -> Result<R>,
) -> Future<R>
where
    T: Clone + 'static,
    A: Awaitable<T>,
    R: Clone + 'static,
{
    let event_loop = EventLoop::running();
    let children: Vec<Future<T>> = awaitables.into_iter().map(Awaitable::ensure_future).collect();
    let distinct = distinct(children.iter().cloned());
    let cancel_requested = Rc::new(Cell::new(false));
    let outer: Future<R> = Future::new(
        event_loop,
        Role::Gathering(Gathering {
            children: children.iter().map(Future::any).collect(),
            cancel_requested: cancel_requested.clone(),
        }),
    );
    if children.is_empty() {
        complete(&outer, collect(&children));
        return outer;
    }
    let unfinished = Rc::new(Cell::new(distinct.len()));
    let children: Rc<[Future<T>]> = children.into();
    let child_done = {
        let outer = outer.clone();
        move |child: &Future<T>| {
            unfinished.set(unfinished.get() - 1);
            if outer.done() {
                return;
            }
            if stop_at_failure && let Err(error) = child.result() {
                complete(&outer, Err(error));
                return;
            }
            if unfinished.get() == 0 {
                // A cancellation of the gathering goes on, whatever the children made of it.
                let result = match children.last() {
                    Some(last) if cancel_requested.get() => Err(last.cancelled_error()),
                    _ => collect(&children),
                };
                complete(&outer, result);
            }
        }
    };
    // Those done already count now, without a turn of the loop; the others when they are done.
    let (done, pending): (Vec<_>, Vec<_>) = distinct.into_iter().partition(Future::done);
    for child in pending {
        child.add_done_callback(child_done.clone());
    }
    for child in done {
        child_done(&child);
    }
    outer
}

/// Completes a gathering that is known to be pending.
fn complete<R: Clone + 'static>(outer: &Future<R>, result: Result<R>) {
    let _ = match result {
        Ok(value) => outer.set_result(value),
        Err(error) => outer.set_exception(error),
    };
}
