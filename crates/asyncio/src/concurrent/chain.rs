//! Between threads and the loop: `call_soon_threadsafe`, and futures of the one kind from futures of
//! the other.

use super::thread_future::ThreadFuture;
use crate::base_events::{CallbackResult, EventLoop};
use crate::contextvars::{Context, OwnContext};
use crate::exceptions::{Error, Result};
use crate::futures::{Future, Role};
use crate::tasks::Awaitable;
use executor::Handle;
use std::future::Future as StdFuture;
use std::rc::Rc;
use trace::HandleKind;

/// Calls `callback` in the loop's next iteration, from whatever thread: `loop.call_soon_threadsafe`.
///
/// ```
/// use asyncio::{self, call_soon_threadsafe, create_future, to_thread};
/// let time = asyncio::run(async {
///     let future = create_future::<()>();
///     let setter = future.clone();
///     asyncio::create_task(to_thread(|thread| async move {
///         thread.sleep(1.0).await?;
///         call_soon_threadsafe(move || setter.set_result(()).unwrap())?;
///         Ok(())
///     }));
///     future.await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 1.0);
/// ```
///
/// # Errors
/// `RuntimeError` when the loop is closed.
///
/// # Panics
/// Without a running loop.
pub fn call_soon_threadsafe<R: CallbackResult>(
    callback: impl FnOnce() -> R + 'static,
) -> Result<Handle> {
    let event_loop = EventLoop::running();
    schedule(&event_loop, HandleKind::Callback, event_loop.guard(callback))
}

/// The same in a context: `loop.call_soon_threadsafe(callback, context=context)`.
///
/// # Errors
/// As [`call_soon_threadsafe`].
///
/// # Panics
/// Without a running loop.
pub fn call_soon_threadsafe_in<R: CallbackResult>(
    context: Context,
    callback: impl FnOnce() -> R + 'static,
) -> Result<Handle> {
    let event_loop = EventLoop::running();
    let guarded = event_loop.guard_in(OwnContext::of(context), callback);
    schedule(&event_loop, HandleKind::Callback, guarded)
}

fn schedule(
    event_loop: &EventLoop,
    kind: HandleKind,
    callback: impl FnOnce() + 'static,
) -> Result<Handle> {
    event_loop.check_closed()?;
    let handle = event_loop.core.call_soon_as(kind, callback);
    event_loop.core.interrupt();
    Ok(handle)
}

/// Makes a task of a coroutine in the loop, from whatever thread, and returns a future that the thread
/// can wait for: `asyncio.run_coroutine_threadsafe`. Cancelling that future cancels the task.
///
/// ```
/// use asyncio::{self, run_coroutine_threadsafe, sleep, to_thread};
/// let answer = asyncio::run(async {
///     to_thread(|_| async move {
///         let future = run_coroutine_threadsafe(async {
///             sleep(1.0).await?;
///             Ok(42)
///         })?;
///         future.result(None).await
///     })
///     .await
/// });
/// assert_eq!(answer.unwrap(), 42);
/// ```
///
/// # Errors
/// `RuntimeError` when the loop is closed.
///
/// # Panics
/// Without a running loop.
pub fn run_coroutine_threadsafe<T, F>(coroutine: F) -> Result<ThreadFuture<T>>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    let event_loop = EventLoop::running();
    let future = ThreadFuture::new(event_loop.clone());
    let destination = future.clone();
    let context = Context::copied();
    schedule(&event_loop, HandleKind::Internal, move || {
        context.enter(|| {
            let task = coroutine.ensure_future();
            // Where it starts eagerly, making it may raise.
            if !task.0.event_loop.is_left() {
                chain(&task, &destination);
            }
        });
    })?;
    Ok(future)
}

/// `futures._chain_future` from a task to a future of threads.
fn chain<T: Clone + 'static>(source: &Future<T>, destination: &ThreadFuture<T>) {
    let (event_loop, task) = (destination.event_loop().clone(), source.clone());
    if !destination.done() {
        destination.keep(source.clone());
    }
    destination.add_done_callback(move |destination| {
        if destination.cancelled() {
            // A loop that is closed has ended the task itself.
            let _ = schedule(&event_loop, HandleKind::Internal, move || {
                task.cancel();
            });
        }
    });
    let destination = destination.clone();
    source.when_done(HandleKind::Internal, move |source| {
        if source.cancelled() {
            destination.cancel();
        }
        if destination.claim() {
            destination.finish(source.result());
        }
    });
}

/// A future for tasks from a future for threads: `asyncio.wrap_future`. Cancelling it cancels the other,
/// as long as that is possible.
///
/// ```
/// use asyncio::{self, Pool, wrap_future};
/// let value = asyncio::run(async {
///     let pool = Pool::threads(1)?;
///     let future = pool.submit(|_| async { Ok(7) }).await?;
///     wrap_future(&future).await
/// });
/// assert_eq!(value.unwrap(), 7);
/// ```
pub fn wrap_future<T: Clone + 'static>(source: &ThreadFuture<T>) -> Future<T> {
    wrap_as(source, Role::Plain)
}

/// [`wrap_future`], saying what a task waits for that awaits the future.
pub(super) fn wrap_as<T: Clone + 'static>(source: &ThreadFuture<T>, role: Role) -> Future<T> {
    let event_loop: Rc<EventLoop> = source.event_loop().clone();
    let destination = Future::new(event_loop.clone(), role);
    let job = source.clone();
    destination.when_done(HandleKind::Internal, move |destination| {
        if destination.cancelled() {
            job.cancel();
        }
    });
    let future = destination.clone();
    source.add_done_callback(move |source| {
        let (source, kept) = (source.clone(), future.clone());
        let guarded = event_loop.guard(move || copy(&source, &future));
        // What comes after the loop was closed is lost.
        let _ = schedule(&event_loop, HandleKind::Internal, move || {
            guarded();
            drop(kept); // a handle holds its arguments until it is told what its callback raised
        });
    });
    destination
}

/// `futures._copy_future_state`.
fn copy<T: Clone + 'static>(source: &ThreadFuture<T>, destination: &Future<T>) -> Result {
    if destination.cancelled() {
        return Ok(());
    }
    if destination.done() {
        return Err(Error::new("AssertionError", ""));
    }
    match source.outcome() {
        None => {
            destination.cancel();
            Ok(())
        }
        Some(Ok(value)) => destination.set_result(value),
        // The other module's exception of this name.
        Some(Err(Error::Exception(error))) if error.type_name() == "CancelledError" => {
            let message = (!error.to_string().is_empty()).then(|| error.to_string().into());
            destination.set_exception(Error::cancelled(message))
        }
        Some(Err(error)) => destination.set_exception(error),
    }
}
