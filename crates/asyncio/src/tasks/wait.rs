//! `asyncio.wait`.

use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::futures::{AnyFuture, CallbackId, Future, Role, distinct};
use executor::Handle;
use std::cell::Cell;
use std::future::IntoFuture;
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, GroupOp, HandleKind, Wait as Waits};

/// When [`wait`] returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnWhen {
    /// When all are done.
    AllCompleted,
    /// When any is done.
    FirstCompleted,
    /// When any has raised, or all are done. A cancelled task has not raised.
    FirstException,
}

/// `asyncio.ALL_COMPLETED`.
pub const ALL_COMPLETED: ReturnWhen = ReturnWhen::AllCompleted;
/// `asyncio.FIRST_COMPLETED`.
pub const FIRST_COMPLETED: ReturnWhen = ReturnWhen::FirstCompleted;
/// `asyncio.FIRST_EXCEPTION`.
pub const FIRST_EXCEPTION: ReturnWhen = ReturnWhen::FirstException;

/// Waits for tasks or futures; awaiting it gives those done and those pending, each in the order
/// given (Python gives sets). It neither raises what they raised nor cancels any. Follows `wait` of
/// CPython 3.13 (`Lib/asyncio/tasks.py`).
///
/// ```
/// use asyncio::{self, FIRST_COMPLETED, create_task, sleep, wait};
/// let counts = asyncio::run(async {
///     let tasks = [1.0, 2.0, 3.0].map(|delay| create_task(async move { sleep(delay).await }));
///     let (first, rest) = wait(&tasks).return_when(FIRST_COMPLETED).await?;
///     let (more, late) = wait(&rest).timeout(1.5).await?;
///     Ok((first.len(), more.len(), late.len()))
/// });
/// assert_eq!(counts.unwrap(), (1, 1, 1));
/// ```
///
/// # Errors
/// When awaited, `ValueError` if there is nothing to wait for.
#[track_caller]
pub fn wait<F: Clone>(futures: &[F]) -> Wait<F> {
    Wait {
        futures: futures.to_vec(),
        timeout: None,
        return_when: ALL_COMPLETED,
        at: Location::caller(),
    }
}

/// The coroutine of [`wait`], before it is awaited.
pub struct Wait<F> {
    futures: Vec<F>,
    timeout: Option<f64>,
    return_when: ReturnWhen,
    at: Caller,
}

impl<F> Wait<F> {
    /// Returns after so many seconds even if the condition does not hold.
    pub fn timeout(mut self, seconds: f64) -> Self {
        self.timeout = Some(seconds);
        self
    }

    /// When to return; [`ALL_COMPLETED`] unless said otherwise.
    pub fn return_when(mut self, return_when: ReturnWhen) -> Self {
        self.return_when = return_when;
        self
    }

    async fn run<T>(self) -> Result<(Vec<F>, Vec<F>)>
    where
        T: Clone + 'static,
        F: AsRef<Future<T>> + Clone + 'static,
    {
        let event_loop = EventLoop::running();
        let distinct = distinct(self.futures);
        if distinct.is_empty() {
            return Err(Error::new("ValueError", "Set of Tasks/Futures is empty."));
        }
        let waiter: Future<()> = Future::new(event_loop.clone(), Role::Plain);
        let timer = self.timeout.map(|seconds| {
            let waiter = waiter.clone();
            event_loop.core.call_later(seconds, move || release(&waiter))
        });
        let mut cleanup = Cleanup { timer: timer.clone(), callbacks: Vec::new() };
        let unfinished = Rc::new(Cell::new(distinct.len()));
        let return_when = self.return_when;
        for future in &distinct {
            let (waiter, timer) = (waiter.clone(), timer.clone());
            let unfinished = unfinished.clone();
            let callback = future.as_ref().when_done(HandleKind::Internal, move |future| {
                unfinished.set(unfinished.get() - 1);
                if unfinished.get() == 0 || enough(return_when, future) {
                    if let Some(timer) = &timer {
                        timer.cancel();
                    }
                    release(&waiter);
                }
            });
            cleanup.callbacks.push((future.as_ref().any(), callback));
        }
        let tasks = distinct.iter().filter_map(|future| future.as_ref().any().task_id());
        let cause = Waits::on_tasks(GroupOp::Wait, tasks);
        let waited = waiter.wait_as(cause, self.at).await;
        drop(cleanup);
        waited?;
        Ok(distinct.into_iter().partition(|future| future.as_ref().done()))
    }
}

/// Whether nothing more is waited for after this one.
fn enough<T: Clone + 'static>(return_when: ReturnWhen, done: &Future<T>) -> bool {
    match return_when {
        ReturnWhen::AllCompleted => false,
        ReturnWhen::FirstCompleted => true,
        ReturnWhen::FirstException => !done.cancelled() && matches!(done.exception(), Ok(Some(_))),
    }
}

/// `_release_waiter`: completes a future unless it is done.
pub(crate) fn release(waiter: &Future<()>) {
    if !waiter.done() {
        let _ = waiter.set_result(());
    }
}

/// The `finally` of `_wait`.
struct Cleanup {
    timer: Option<Handle>,
    callbacks: Vec<(Rc<dyn AnyFuture>, CallbackId)>,
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.cancel();
        }
        for (future, callback) in &self.callbacks {
            future.forget(*callback);
        }
    }
}

impl<F> IntoFuture for Wait<F>
where
    F: WaitedFor,
{
    type Output = Result<(Vec<F>, Vec<F>)>;
    type IntoFuture = Coro<(Vec<F>, Vec<F>)>;

    fn into_future(self) -> Self::IntoFuture {
        Coro::new("wait", self.run::<F::Value>())
    }
}

/// What [`wait`] waits for: tasks and futures.
pub trait WaitedFor: AsRef<Future<Self::Value>> + Clone + 'static {
    /// The type of its result.
    type Value: Clone + 'static;
}

impl<T: Clone + 'static> WaitedFor for Future<T> {
    type Value = T;
}

impl<T: Clone + 'static> WaitedFor for crate::Task<T> {
    type Value = T;
}
