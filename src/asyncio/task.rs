//! `asyncio.Task`: a coroutine that the loop runs.

use super::awaiting::Await;
use super::error::{Error, Result};
use super::event_loop::EventLoop;
use super::future::{AnyFuture, Cancellation, Future, FutureInner, Role};
use crate::trace::{EventKind, Outcome, TaskId};
use std::cell::{Cell, OnceCell, RefCell};
use std::future::{Future as StdFuture, IntoFuture};
use std::ops::Deref;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

/// A coroutine that the loop runs on its own. It is a [`Future`] of the coroutine's result; clones
/// are the same task. Follows `Task` of CPython 3.13 (`Lib/asyncio/tasks.py`).
///
/// ```
/// use coroscope::asyncio::{self, create_task, sleep};
/// let cancelled = asyncio::run(async {
///     let task = create_task(async { sleep(10.0).await });
///     sleep(1.0).await?;
///     task.cancel();
///     assert!(task.clone().await.unwrap_err().is_cancelled());
///     Ok(task.cancelled())
/// });
/// assert!(cancelled.unwrap());
/// ```
pub struct Task<T>(Future<T>, Rc<TaskState>);

/// The part of a task that does not depend on its result's type.
pub(super) struct TaskState {
    id: OnceCell<TaskId>,
    name: Rc<str>,
    /// What the task is suspended on.
    waiter: RefCell<Option<Rc<dyn AnyFuture>>>,
    /// Whether it is suspended only until the next turn.
    yielded: Cell<bool>,
    must_cancel: Cell<bool>,
    cancel_message: RefCell<Option<Rc<str>>>,
    cancel_requests: Cell<u32>,
    started: Cell<bool>,
    /// Whether it is suspended on something that is not asyncio's and cannot be cancelled.
    foreign: Cell<bool>,
    /// Deadlines of the timeouts around the present await.
    deadlines: RefCell<Vec<f64>>,
}

/// Starts a task: `asyncio.create_task`. It runs from the next turn on.
///
/// # Panics
/// Without a running loop.
pub fn create_task<T, F>(coroutine: F) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    let event_loop = EventLoop::running();
    let name = event_loop.default_name();
    spawn(event_loop, coroutine, &name)
}

/// Starts a task with a name: `asyncio.create_task(coroutine, name=name)`.
///
/// # Panics
/// Without a running loop.
pub fn create_task_named<T, F>(coroutine: F, name: impl AsRef<str>) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    spawn(EventLoop::running(), coroutine, name.as_ref())
}

fn spawn<T, F>(event_loop: Rc<EventLoop>, coroutine: F, name: &str) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    let state = Rc::new(TaskState {
        id: OnceCell::new(),
        name: name.into(),
        waiter: RefCell::default(),
        yielded: Cell::new(false),
        must_cancel: Cell::new(false),
        cancel_message: RefCell::default(),
        cancel_requests: Cell::new(0),
        started: Cell::new(false),
        foreign: Cell::new(false),
        deadlines: RefCell::default(),
    });
    let future = Future::new(event_loop.clone(), Role::Task(state.clone()));
    let steps = Steps {
        future: future.clone(),
        state: state.clone(),
        coroutine: Some(Box::pin(coroutine)),
    };
    let id = event_loop.core.spawn(name, steps);
    state.id.get_or_init(|| id);
    let weak: Weak<FutureInner<T>> = Rc::downgrade(&future.0);
    event_loop.register_task(weak);
    Task(future, state)
}

impl<T> Task<T> {
    /// Its name: `get_name()`.
    pub fn name(&self) -> Rc<str> {
        self.1.name()
    }

    /// Its number in the trace.
    pub fn id(&self) -> TaskId {
        self.1.id()
    }
}

impl TaskState {
    pub(super) fn id(&self) -> TaskId {
        *self.id.get().expect("set when the task was made")
    }

    pub(super) fn name(&self) -> Rc<str> {
        self.name.clone()
    }

    /// `Task.cancel`, for a task that is not done.
    pub(super) fn request_cancel(&self, event_loop: &EventLoop, message: Option<Rc<str>>) -> bool {
        let core = &event_loop.core;
        core.emit(|| EventKind::CancelRequested { task: self.id(), by: core.source() });
        self.cancel_requests.set(self.cancel_requests.get() + 1);
        let waiter = self.waiter.borrow().clone();
        if waiter.is_some_and(|waiter| waiter.cancel(message.clone())) {
            return true;
        }
        self.must_cancel.set(true);
        *self.cancel_message.borrow_mut() = message;
        if self.foreign.get() {
            core.wake(self.id());
        }
        true
    }

    /// `Task.uncancel`: takes one request back and says how many are left.
    pub(super) fn uncancel(&self) -> u32 {
        let requests = self.cancel_requests.get();
        if requests > 0 {
            self.cancel_requests.set(requests - 1);
            if requests == 1 {
                self.must_cancel.set(false);
            }
        }
        self.cancel_requests.get()
    }

    /// `Task.cancelling`: the cancellation requests not taken back.
    pub(super) fn cancelling(&self) -> u32 {
        self.cancel_requests.get()
    }

    /// The cancellation that the next resumption has to raise.
    pub(super) fn take_cancellation(&self) -> Option<Error> {
        self.must_cancel.replace(false).then(|| Error::Cancelled(self.cancel_message.take()))
    }

    pub(super) fn waits_on(&self, future: Rc<dyn AnyFuture>) {
        *self.waiter.borrow_mut() = Some(future);
    }

    pub(super) fn yields(&self) {
        self.yielded.set(true);
    }

    /// The nearest deadline of the timeouts entered.
    pub(super) fn deadline(&self) -> Option<f64> {
        self.deadlines.borrow().iter().copied().min_by(f64::total_cmp)
    }

    pub(super) fn deadlines(&self) -> &RefCell<Vec<f64>> {
        &self.deadlines
    }
}

/// What the executor polls: `Task.__step`, again and again.
struct Steps<T> {
    future: Future<T>,
    state: Rc<TaskState>,
    coroutine: Option<Pin<Box<dyn StdFuture<Output = Result<T>>>>>,
}

impl<T> Unpin for Steps<T> {}

impl<T: Clone + 'static> StdFuture for Steps<T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let event_loop = self.future.0.event_loop.clone();
        let state = self.state.clone();
        let previous = event_loop.current.replace(Some(state.clone()));
        let polled = self.step(cx);
        *event_loop.current.borrow_mut() = previous;
        let Poll::Ready(end) = polled else { return Poll::Pending };
        event_loop.core.emit(|| EventKind::Finished {
            task: state.id(),
            outcome: match &end {
                End::Returned(_) => Outcome::Done,
                End::Raised(Error::Cancelled(_)) | End::CancelledLate(_) => Outcome::Cancelled,
                End::Raised(error) => Outcome::Failed(error.headline().into()),
            },
        });
        // Nobody else completes a task's future, so it is pending here.
        match end {
            End::Returned(value) => drop(self.future.set_result(value)),
            End::Raised(error @ Error::Cancelled(_)) => {
                self.future.finish_cancelled(Cancellation::raised(error));
            }
            End::CancelledLate(message) => {
                self.future.finish_cancelled(Cancellation::with(message));
            }
            End::Raised(error) => drop(self.future.set_exception(error)),
        }
        Poll::Ready(())
    }
}

/// How a coroutine came to its end.
enum End<T> {
    Returned(T),
    Raised(Error),
    /// It returned, but a cancellation was still to be raised; its message.
    CancelledLate(Option<Rc<str>>),
}

impl<T: Clone + 'static> Steps<T> {
    fn step(&mut self, cx: &mut Context<'_>) -> Poll<End<T>> {
        let state = self.state.clone();
        state.waiter.take();
        state.yielded.set(false);
        let first = !state.started.replace(true);
        if first || state.foreign.replace(false) {
            // Cancelled before it began (or where nothing can catch it): the body does not run.
            if let Some(cancelled) = state.take_cancellation() {
                self.coroutine = None;
                return Poll::Ready(End::Raised(cancelled));
            }
        }
        let Some(coroutine) = &mut self.coroutine else { return Poll::Pending };
        match coroutine.as_mut().poll(cx) {
            Poll::Ready(result) => {
                self.coroutine = None;
                Poll::Ready(match result {
                    Ok(_) if state.must_cancel.replace(false) => {
                        End::CancelledLate(state.cancel_message.take())
                    }
                    Ok(value) => End::Returned(value),
                    Err(error) => End::Raised(error),
                })
            }
            Poll::Pending => {
                let waiter = state.waiter.borrow().clone();
                if let Some(waiter) = waiter {
                    if state.must_cancel.get()
                        && waiter.cancel(state.cancel_message.borrow().clone())
                    {
                        state.must_cancel.set(false);
                    }
                } else if !state.yielded.get() {
                    state.foreign.set(true);
                }
                Poll::Pending
            }
        }
    }
}

/// What [`gather`](super::gather) and [`wait_for`](super::wait_for) accept: tasks, futures and
/// coroutines.
pub trait Awaitable<T>: IntoFuture<Output = Result<T>> {
    /// The future itself, or a new task for a coroutine: `asyncio.ensure_future`.
    fn ensure_future(self) -> Future<T>;
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
}

impl<T> Clone for Task<T> {
    fn clone(&self) -> Self {
        Task(self.0.clone(), self.1.clone())
    }
}

/// Whether the two are the same task.
impl<T> PartialEq for Task<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Deref for Task<T> {
    type Target = Future<T>;

    fn deref(&self) -> &Future<T> {
        &self.0
    }
}

impl<T> AsRef<Future<T>> for Task<T> {
    fn as_ref(&self) -> &Future<T> {
        &self.0
    }
}

impl<T> AsRef<Future<T>> for Future<T> {
    fn as_ref(&self) -> &Future<T> {
        self
    }
}

impl<T: Clone + 'static> IntoFuture for Task<T> {
    type Output = Result<T>;
    type IntoFuture = Await<T>;

    #[track_caller]
    fn into_future(self) -> Await<T> {
        self.0.into_future()
    }
}

impl<T: Clone + 'static> IntoFuture for &Task<T> {
    type Output = Result<T>;
    type IntoFuture = Await<T>;

    #[track_caller]
    fn into_future(self) -> Await<T> {
        (&self.0).into_future()
    }
}
