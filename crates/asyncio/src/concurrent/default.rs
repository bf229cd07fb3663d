//! Jobs that tasks wait for, and the pool that they go to unless another is named.

use super::chain::wrap_as;
use super::pool::Pool;
use super::thread::{Thread, start_thread};
use super::{call_soon_threadsafe, thread_future::ThreadFuture};
use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::futures::{Future, Role};
use crate::timeouts::timeout as timeout_scope;
use std::future::Future as StdFuture;
use std::panic::Location;
use std::rc::Rc;
use trace::{Op, Wait};

/// Hands a function to a pool, or to the default pool for `None`, and returns a future of its result:
/// `loop.run_in_executor`. Cancelling the future cancels the job as long as it waits in the queue; a
/// job that has begun goes on, and its result is dropped.
///
/// ```
/// use asyncio::{self, Pool, run_in_executor};
/// let time = asyncio::run(async {
///     let pool = Pool::processes(2)?;
///     run_in_executor(&pool, |process| async move { process.cpu(1.0).await })?.await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 1.051); // a process takes time to start and to reach
/// ```
///
/// # Errors
/// `RuntimeError` when the pool was shut down.
///
/// # Panics
/// Without a running loop.
#[track_caller]
pub fn run_in_executor<'a, T, F, B>(pool: impl Into<Option<&'a Pool>>, body: F) -> Result<Future<T>>
where
    T: Clone + 'static,
    F: FnOnce(Thread) -> B + 'static,
    B: StdFuture<Output = Result<T>> + 'static,
{
    let pool = match pool.into() {
        Some(pool) => pool.clone(),
        None => default_pool(&EventLoop::running())?,
    };
    Ok(wrap(&pool, &pool.submit_now(body, Location::caller())?))
}

/// The future of a job in a pool.
pub(crate) fn wrap<T: Clone + 'static>(pool: &Pool, future: &ThreadFuture<T>) -> Future<T> {
    wrap_as(future, Role::Job(pool.0.id))
}

/// The pool that jobs go to unless another is named.
///
/// # Errors
/// `RuntimeError` when it was shut down.
pub(crate) fn default_pool(event_loop: &Rc<EventLoop>) -> Result<Pool> {
    let threads = event_loop.threads();
    if threads.shutdown_called.get() {
        return Err(Error::new("RuntimeError", "Executor shutdown has been called"));
    }
    if let Some(pool) = threads.default_pool() {
        return Ok(pool);
    }
    let pool = Pool::default_threads(event_loop.clone())?;
    threads.set_default_pool(event_loop, &pool);
    Ok(pool)
}

/// Makes a pool the one that [`to_thread`](crate::to_thread) uses: `loop.set_default_executor`.
///
/// # Errors
/// `TypeError` for a pool of processes.
///
/// # Panics
/// Without a running loop.
pub fn set_default_executor(pool: &Pool) -> Result {
    if pool.is_of_processes() {
        return Err(Error::new("TypeError", "executor must be ThreadPoolExecutor instance"));
    }
    let event_loop = EventLoop::running();
    event_loop.threads().set_default_pool(&event_loop, pool);
    Ok(())
}

/// Takes no more jobs for the default pool, and waits for those it has, at most `timeout` seconds:
/// `loop.shutdown_default_executor`, which `asyncio.run` calls at the end with 300 seconds. Other tasks
/// go on meanwhile.
///
/// # Errors
/// The cancellation of the task that waits.
#[track_caller]
pub fn shutdown_default_executor(timeout: Option<f64>) -> Coro<()> {
    let at = Location::caller();
    Coro::new("BaseEventLoop.shutdown_default_executor", async move {
        let event_loop = EventLoop::running();
        event_loop.threads().shutdown_called.set(true);
        let Some(pool) = event_loop.threads().default_pool() else { return Ok(()) };
        let future: Future<()> = Future::new(event_loop.clone(), Role::Plain);
        let (waiting, done) = (pool.clone(), future.clone());
        let thread = start_thread("_do_shutdown", |_| async move {
            waiting.shutdown(true, false).await?;
            // A loop that is closed waits no more.
            let _ = call_soon_threadsafe(move || {
                let _ = done.set_result(());
            });
            Ok(())
        });
        let cause = Wait::Resource { id: pool.0.id, op: Op::Shutdown };
        let waited = timeout_scope(timeout).scope(|_| future.wait_as(cause, at)).await;
        match waited {
            Ok(()) => thread.join(None).await,
            Err(error) if error.is("TimeoutError") => {
                let seconds = timeout.unwrap_or_default();
                event_loop.warn(&format!(
                    "The executor did not finishing joining its threads within {seconds} seconds."
                ));
                pool.shutdown(false, false).await
            }
            Err(error) => Err(error),
        }
    })
}
