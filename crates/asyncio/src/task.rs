//! `asyncio.Task`: a coroutine that the loop runs.

use super::awaiting::Await;
use super::contextvars::Context;
use super::coroutine::Coro;
use super::error::{Error, Result};
use super::event_loop::EventLoop;
use super::future::{AnyFuture, Future, FutureInner, Role};
use super::steps::Steps;
use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::future::{Future as StdFuture, IntoFuture};
use std::ops::Deref;
use std::rc::{Rc, Weak};
use trace::{EventKind, TaskId};

/// A coroutine that the loop runs on its own. It is a [`Future`] of the coroutine's result; clones
/// are the same task. Follows `Task` of CPython 3.13 (`Lib/asyncio/tasks.py`).
///
/// ```
/// use asyncio::{self, create_task, sleep};
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
    event_loop: Rc<EventLoop>,
    name: RefCell<Rc<str>>,
    future: OnceCell<Weak<dyn AnyFuture>>,
    /// What the task is suspended on.
    waiter: RefCell<Option<Rc<dyn AnyFuture>>>,
    /// What woke it, while it is stepped.
    woken: RefCell<Option<Rc<dyn AnyFuture>>>,
    /// Whether its step has not come yet to where it was suspended.
    goes_on: Cell<bool>,
    /// Whether it is suspended only until the next turn.
    yielded: Cell<bool>,
    must_cancel: Cell<bool>,
    /// Whether its present step raises `CancelledError` where it goes on, and has not come there yet.
    raises: Cell<bool>,
    cancel_message: RefCell<Option<Rc<str>>>,
    cancel_requests: Cell<u32>,
    /// Whether what it waits for is being cancelled on its account.
    being_cancelled: Cell<bool>,
    started: Cell<bool>,
    /// Whether it is suspended on something that is not asyncio's and cannot be cancelled.
    foreign: Cell<bool>,
    /// A task of the loop itself, which the trace does not show.
    hidden: bool,
    /// Whether being freed while pending is worth a warning: `_log_destroy_pending`.
    pub(super) log_destroyed: Cell<bool>,
    /// What the coroutine keeps alive when it has ended.
    kept: RefCell<Option<Rc<dyn Any>>>,
    /// What its steps run in.
    pub(super) context: Context,
    /// Deadlines of the timeouts around the present await.
    deadlines: RefCell<Vec<Deadline>>,
}

/// When a timeout that was entered comes due, if it does; shared with the timeout, which may change it.
pub(super) type Deadline = Rc<Cell<Option<f64>>>;

/// Starts a task: `asyncio.create_task`. It runs from the next turn on.
///
/// # Panics
/// Without a running loop.
pub fn create_task<T, F>(coroutine: F) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    EventLoop::running().create_task(coroutine)
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
    let event_loop = EventLoop::running();
    spawn(&event_loop, Coro::of(coroutine), Some(name.as_ref()), event_loop.eager())
}

/// Starts a task eagerly: `asyncio.Task(coroutine, name=name, eager_start=True)`. The coroutine runs
/// at once, inside the step that is running, until it first waits; if it ends before that, the task
/// never enters the ready queue.
///
/// ```
/// use asyncio::{self, create_eager_task};
/// let done = asyncio::run(async {
///     let task = create_eager_task(async { Ok(6 * 7) }, Some("quick"));
///     Ok(task.done()) // without a turn of the loop
/// });
/// assert!(done.unwrap());
/// ```
///
/// # Panics
/// Without a running loop.
pub fn create_eager_task<T, F>(coroutine: F, name: Option<&str>) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    spawn(&EventLoop::running(), Coro::of(coroutine), name, true)
}

pub(super) fn spawn<T: Clone + 'static>(
    event_loop: &Rc<EventLoop>,
    coroutine: Coro<T>,
    name: Option<&str>,
    eager: bool,
) -> Task<T> {
    let name = name.map_or_else(|| event_loop.default_name().into(), Rc::from);
    let task = make(event_loop, coroutine, name, false, Context::copied());
    if eager && event_loop.is_running() {
        event_loop.core.poll_now(task.id());
        if task.done() {
            // `task_eager_start` lets go of a coroutine that has ended; later steps do not.
            task.1.keep(None);
        }
    } else {
        event_loop.core.start(task.id());
    }
    task
}

/// A task of the main program, in a context that it may share with others.
pub(super) fn spawn_in<T: Clone + 'static>(
    event_loop: &Rc<EventLoop>,
    coroutine: Coro<T>,
    context: Context,
) -> Task<T> {
    let task = make(event_loop, coroutine, event_loop.default_name().into(), false, context);
    event_loop.core.start(task.id());
    task
}

/// A task of the loop itself: it uses up a name, as in CPython, but no program knows of it.
pub(super) fn spawn_hidden(event_loop: &Rc<EventLoop>, coroutine: Coro<()>) -> Task<()> {
    let name = event_loop.default_name().into();
    let task = make(event_loop, coroutine, name, true, Context::copied());
    event_loop.core.start(task.id());
    task
}

/// A task that has not been scheduled.
fn make<T: Clone + 'static>(
    event_loop: &Rc<EventLoop>,
    coroutine: Coro<T>,
    name: Rc<str>,
    hidden: bool,
    context: Context,
) -> Task<T> {
    let state = Rc::new(TaskState {
        id: OnceCell::new(),
        event_loop: event_loop.clone(),
        name: RefCell::new(name.clone()),
        future: OnceCell::new(),
        waiter: RefCell::default(),
        woken: RefCell::default(),
        goes_on: Cell::new(false),
        yielded: Cell::new(false),
        must_cancel: Cell::new(false),
        raises: Cell::new(false),
        cancel_message: RefCell::default(),
        cancel_requests: Cell::new(0),
        being_cancelled: Cell::new(false),
        started: Cell::new(false),
        foreign: Cell::new(false),
        hidden,
        log_destroyed: Cell::new(true),
        kept: RefCell::default(),
        context,
        deadlines: RefCell::default(),
    });
    let future = Future::new(event_loop.clone(), Role::Task(state.clone()));
    let weak: Weak<FutureInner<T>> = Rc::downgrade(&future.0);
    let _ = state.future.set(weak);
    let steps = Steps { future: future.clone(), state: state.clone(), coroutine: Some(coroutine) };
    event_loop.program.register_task(&state);
    let core = &event_loop.core;
    let id = if hidden { core.add_hidden(steps) } else { core.add(&name, steps) };
    state.id.get_or_init(|| id);
    Task(future, state)
}

impl<T: Clone + 'static> Task<T> {
    /// Its name: `get_name()`.
    pub fn name(&self) -> Rc<str> {
        self.1.name()
    }

    /// Gives it another name: `set_name()`.
    pub fn set_name(&self, name: &str) {
        self.1.set_name(name);
    }

    /// Its number in the trace.
    pub fn id(&self) -> TaskId {
        self.1.id()
    }

    /// Takes one request to cancel back, and says how many are left: `uncancel()`.
    pub fn uncancel(&self) -> u32 {
        self.1.uncancel()
    }

    /// How many requests to cancel were not taken back: `cancelling()`.
    pub fn cancelling(&self) -> u32 {
        self.1.cancelling()
    }

    /// The task that a future is, if it is one.
    pub fn of(future: &Future<T>) -> Option<Self> {
        match &future.0.role {
            Role::Task(state) => Some(Task(future.clone(), state.clone())),
            _ => None,
        }
    }

    /// The task whatever its result's type.
    pub fn any_task(&self) -> AnyTask {
        AnyTask { state: self.1.clone(), future: self.0.any() }
    }
}

/// A task of a result of whatever type: what `current_task()` and `all_tasks()` give.
///
/// ```
/// use asyncio::{self, all_tasks, create_task_named, sleep};
/// let names = asyncio::run(async {
///     create_task_named(async { sleep(1.0).await }, "helper");
///     Ok(all_tasks().iter().map(|task| task.name()).collect::<Vec<_>>())
/// });
/// assert_eq!(names.unwrap().iter().map(|name| &**name).collect::<Vec<_>>(), ["Task-1", "helper"]);
/// ```
#[derive(Clone)]
pub struct AnyTask {
    state: Rc<TaskState>,
    future: Rc<dyn AnyFuture>,
}

impl AnyTask {
    pub(super) fn of(state: &Rc<TaskState>) -> Option<Self> {
        let future = state.future.get()?.upgrade()?;
        Some(AnyTask { state: state.clone(), future })
    }

    /// The task with its result's type, if that is `T`.
    pub fn downcast<T: Clone + 'static>(&self) -> Option<Task<T>> {
        let future = self.future.clone().as_any().downcast().ok()?;
        Some(Task(Future(future), self.state.clone()))
    }

    /// Its name.
    pub fn name(&self) -> Rc<str> {
        self.state.name()
    }

    /// Gives it another name.
    pub fn set_name(&self, name: &str) {
        self.state.set_name(name);
    }

    /// Its number in the trace.
    pub fn id(&self) -> TaskId {
        self.state.id()
    }

    /// Whether it has ended.
    pub fn done(&self) -> bool {
        self.future.is_done()
    }

    /// Whether it ended cancelled.
    pub fn cancelled(&self) -> bool {
        self.future.is_cancelled()
    }

    /// Asks it to cancel itself; see [`Future::cancel`].
    pub fn cancel(&self) -> bool {
        self.future.cancel(None)
    }

    /// The same, with a message for the `CancelledError`.
    pub fn cancel_with(&self, message: &str) -> bool {
        self.future.cancel(Some(message.into()))
    }

    /// Takes one request to cancel back, and says how many are left.
    pub fn uncancel(&self) -> u32 {
        self.state.uncancel()
    }

    /// How many requests to cancel were not taken back.
    pub fn cancelling(&self) -> u32 {
        self.state.cancelling()
    }

    /// The exception that it ended with.
    ///
    /// # Errors
    /// The cancellation, or `InvalidStateError` before it is done.
    pub fn exception(&self) -> Result<Option<Error>> {
        self.future.exception_any()
    }

    pub(super) fn event_loop(&self) -> &Rc<EventLoop> {
        &self.state.event_loop
    }

    pub(super) fn state(&self) -> &Rc<TaskState> {
        &self.state
    }

    pub(super) fn future(&self) -> &Rc<dyn AnyFuture> {
        &self.future
    }

    /// Whether it is a task of the loop itself.
    pub(super) fn is_hidden(&self) -> bool {
        self.state.hidden
    }

    pub(super) fn log_destroyed(&self) -> bool {
        self.state.log_destroyed.get()
    }
}

/// Whether the two are the same task.
impl PartialEq for AnyTask {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

impl TaskState {
    pub(super) fn id(&self) -> TaskId {
        *self.id.get().expect("set when the task was made")
    }

    /// Its number in the trace, unless the trace does not show it.
    pub(super) fn traced_id(&self) -> Option<TaskId> {
        (!self.hidden).then(|| self.id())
    }

    pub(super) fn name(&self) -> Rc<str> {
        self.name.borrow().clone()
    }

    fn set_name(&self, name: &str) {
        *self.name.borrow_mut() = name.into();
        self.event_loop.core.rename(self.id(), name);
    }

    /// `repr()`, as far as it does not depend on source code.
    pub(super) fn repr(&self) -> String {
        format!("<Task pending name={}>", super::repr_str(&self.name()))
    }

    /// Whether this is the future of the task itself.
    pub(super) fn is_future<T: Clone + 'static>(&self, future: &Future<T>) -> bool {
        matches!(&future.0.role, Role::Task(state) if std::ptr::eq(&**state, self))
    }

    /// What `__step` does first.
    pub(super) fn begin_step(&self) {
        self.yielded.set(false);
        self.goes_on.set(true);
        // The request is answered, whatever comes of what is raised: what is awaited may raise another
        // error in its place, as a coroutine that has ended meanwhile does.
        self.raises.set(self.must_cancel.replace(false));
        *self.woken.borrow_mut() = self.waiter.take();
    }

    /// Gives what the task was suspended on, which its step has held.
    pub(super) fn end_step(&self) -> Option<Rc<dyn AnyFuture>> {
        if self.went_on() {
            // `__wakeup` looks at it even when the coroutine has ended meanwhile.
            let _ = self.woken_error();
        }
        self.raises.set(false);
        self.woken.take()
    }

    /// The exception of what woke the task.
    fn woken_error(&self) -> Option<Error> {
        let woken = self.woken.borrow().clone().filter(|future| future.is_done());
        woken.and_then(|future| future.exception_any().unwrap_or_else(Some))
    }

    /// The step has come to where the task is suspended; whether it is the first time.
    pub(super) fn went_on(&self) -> bool {
        self.goes_on.replace(false)
    }

    /// What the step raises there, wherever that is by now: the coroutine may have been closed, and
    /// stand at another place than the one that the task was woken for.
    pub(super) fn thrown(&self) -> Option<Error> {
        let own = self.woken_error();
        // A cancellation that came through the future was there first.
        let cancelled = self.take_cancellation();
        if own.as_ref().is_some_and(Error::is_cancelled) { own } else { cancelled.or(own) }
    }

    /// Whether the coroutine has not begun, in another task neither, or stands where nothing can be
    /// raised in it.
    pub(super) fn nothing_can_catch(&self, begun: bool) -> bool {
        let first = !self.started.replace(true);
        self.foreign.replace(false) || (first && !begun)
    }

    /// What `__step` does last when the coroutine is suspended.
    pub(super) fn suspend(&self) {
        let waiter = self.waiter.borrow().clone();
        if let Some(waiter) = waiter {
            let message = || self.cancel_message.borrow().clone();
            if self.must_cancel.get() && waiter.cancel(message()) {
                self.must_cancel.set(false);
            }
        } else if !self.yielded.get() {
            self.foreign.set(true);
        }
    }

    /// `Task.cancel`, for a task that is not done.
    pub(super) fn request_cancel(&self, event_loop: &EventLoop, message: Option<Rc<str>>) -> bool {
        let core = &event_loop.core;
        if let Some(task) = self.traced_id() {
            core.emit(|| EventKind::CancelRequested { task, by: core.source() });
        }
        self.cancel_requests.set(self.cancel_requests.get() + 1);
        if self.being_cancelled.replace(true) {
            // It waits, over others, for itself: CPython goes round until it has no stack left.
            event_loop.program.exhausted.set(true);
            return true;
        }
        let waiter = self.waiter.borrow().clone();
        let passed_on = waiter.is_some_and(|waiter| waiter.cancel(message.clone()));
        self.being_cancelled.set(false);
        if passed_on {
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

    /// The cancellation that the present step has to raise where the task goes on.
    pub(super) fn take_cancellation(&self) -> Option<Error> {
        self.raises.replace(false).then(|| Error::Cancelled(self.cancel_message()))
    }

    /// The message of a request that came during the last step, if one did.
    pub(super) fn cancelled_late(&self) -> Option<Option<Rc<str>>> {
        self.must_cancel.replace(false).then(|| self.cancel_message())
    }

    /// The message of the last request that had to be raised, raised or not: `_cancel_message`.
    pub(super) fn cancel_message(&self) -> Option<Rc<str>> {
        self.cancel_message.borrow().clone()
    }

    pub(super) fn waits_on(&self, future: Rc<dyn AnyFuture>) {
        *self.waiter.borrow_mut() = Some(future);
    }

    pub(super) fn keep(&self, object: Option<Rc<dyn Any>>) {
        let earlier = self.kept.replace(object);
        drop(earlier); // after the borrow has ended: what it frees may come back here
    }

    pub(super) fn yields(&self) {
        self.yielded.set(true);
    }

    /// The nearest deadline of the timeouts entered.
    pub(super) fn deadline(&self) -> Option<f64> {
        self.deadlines.borrow().iter().filter_map(|deadline| deadline.get()).min_by(f64::total_cmp)
    }

    pub(super) fn deadlines(&self) -> &RefCell<Vec<Deadline>> {
        &self.deadlines
    }
}

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
