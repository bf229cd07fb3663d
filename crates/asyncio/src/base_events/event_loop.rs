//! The event loop itself: what it consists of, and its state.

use super::handler::ExceptionHandler;
use super::registry::{Registry, pending_tasks};
use crate::annexes::Annexes;
use crate::contextvars::OwnContext;
use crate::coroutines::Coro;
use crate::events;
use crate::exceptions::{Error, Result};
use crate::freeing::{FreedWithRun, Garbage};
use crate::futures::{AnyFuture, Future, Role};
use crate::program::Program;
use crate::tasks::{AnyTask, Task, TaskNode, TaskState, spawn};
use executor::{Core, Held};
use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use trace::{LoopId, Name, ResourceId, ResourceKind, TaskId};

/// An event loop: `asyncio.AbstractEventLoop`. Follows `BaseEventLoop` of CPython 3.13
/// (`Lib/asyncio/base_events.py`). Every run has its own; programs that only want the present one
/// have the functions of this module.
///
/// ```
/// use asyncio::{self, get_running_loop, sleep};
/// let late = asyncio::run(async {
///     let event_loop = get_running_loop()?;
///     let began = event_loop.time();
///     sleep(1.5).await?;
///     Ok(event_loop.time() - began)
/// });
/// assert_eq!(late.unwrap(), 1.5);
/// ```
pub struct EventLoop {
    pub(crate) core: Rc<Core>,
    pub(crate) program: Rc<Program>,
    /// The task whose step is running.
    pub(crate) current: RefCell<Option<Rc<dyn TaskNode>>>,
    /// What that was suspended on before.
    pub(crate) woken: Cell<Option<Rc<dyn AnyFuture>>>,
    pub(crate) stopping: Rc<Cell<bool>>,
    pub(super) id: OnceCell<LoopId>,
    pub(super) running: Cell<bool>,
    pub(super) closed: Cell<bool>,
    pub(super) debug: Cell<bool>,
    pub(super) slow_callback: Cell<f64>,
    eager: Cell<bool>,
    /// How many tasks are being made inside one another that start eagerly.
    pub(crate) eager_starts: Cell<u32>,
    /// What leaves it when the present handle has run.
    left_by: RefCell<Option<Error>>,
    /// What the frames of that hold: the handle, with what it ran with, and the future that the loop ran for.
    left_with: RefCell<Vec<FreedWithRun<Held>>>,
    /// What is being handled where it is run.
    pub(super) handled_outside: RefCell<Option<Error>>,
    pub(super) exception_handler: RefCell<Option<Rc<ExceptionHandler>>>,
    pub(crate) registry: Rc<Registry>,
    pub(crate) garbage: Rc<Garbage>,
    /// What generators, threads and the network have of the loop.
    pub(crate) annexes: Annexes,
}

impl EventLoop {
    pub(crate) fn new(program: Rc<Program>) -> Rc<Self> {
        Rc::new(EventLoop {
            core: program.core.clone(),
            current: RefCell::default(),
            woken: Cell::default(),
            stopping: Rc::default(),
            id: OnceCell::new(),
            running: Cell::new(false),
            closed: Cell::new(false),
            debug: Cell::new(false),
            slow_callback: Cell::new(0.1),
            eager: Cell::new(false),
            eager_starts: Cell::new(0),
            left_by: RefCell::default(),
            left_with: RefCell::default(),
            handled_outside: RefCell::default(),
            exception_handler: RefCell::default(),
            registry: program.annexes.get(),
            garbage: program.annexes.get(),
            annexes: Annexes::default(),
            program,
        })
    }

    /// One that is closed from the beginning.
    pub(crate) fn new_closed(program: Rc<Program>) -> Rc<Self> {
        let event_loop = EventLoop::new(program);
        event_loop.closed.set(true);
        event_loop.registry.closed(&event_loop);
        event_loop
    }

    /// Loop time in seconds: `loop.time()`.
    pub fn time(&self) -> f64 {
        self.core.time()
    }

    /// Makes a future that somebody has to complete: `loop.create_future()`.
    pub fn create_future<T: Clone + 'static>(self: &Rc<Self>) -> Future<T> {
        Future::new(self.clone(), Role::Plain)
    }

    /// Starts a task: `loop.create_task`.
    pub fn create_task<T, F>(self: &Rc<Self>, coroutine: F) -> Task<T>
    where
        T: Clone + 'static,
        F: std::future::Future<Output = Result<T>> + 'static,
    {
        spawn(self, Coro::of(coroutine), None, self.eager.get(), OwnContext::copied())
    }

    /// Whether it is running.
    pub fn is_running(&self) -> bool {
        self.running.get()
    }

    /// Whether it has been closed.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Ends [`EventLoop::run_forever`], at the end of an iteration.
    pub(crate) fn stopped(&self) {
        self.stopping.set(false);
        self.running.set(false);
        self.handled_outside.take();
        events::set_running_loop(None);
    }

    /// Leaves the loop by an exception when the present handle has run; the first counts.
    pub(crate) fn leave_by(&self, error: &Error) {
        self.left_by.borrow_mut().get_or_insert_with(|| error.clone());
    }

    /// Whether something leaves the loop.
    pub(crate) fn is_left(&self) -> bool {
        self.left_by.borrow().is_some()
    }

    /// Ends the present run of the loop, which something leaves.
    pub(crate) fn leave(&self) {
        self.core.leave_iteration();
        // It may lead back here, and a run may be dropped before its loop is closed.
        let held = FreedWithRun::new(&self.core, self.core.held().take());
        self.left_with.borrow_mut().push(held);
        self.stopped();
    }

    /// Something more that is held by what left the loop.
    pub(crate) fn left_with(&self, object: Rc<dyn Any>) {
        if let Some(held) = self.left_with.borrow().last() {
            held.with(|held| held.keep(object));
        }
    }

    /// Frees what the traceback of an exception that left the loop holds: the handle that has raised it, and
    /// what that ran with. It happens when the loop is closed at the latest; sooner where Python code would
    /// let go of the exception.
    pub fn forget_traceback(&self) {
        let held = self.left_with.take();
        // After the borrow has ended: what it frees may come back here.
        held.iter().for_each(|held| drop(held.take()));
    }

    /// What leaves the loop: `SystemExit` or `KeyboardInterrupt`. Where a task that starts eagerly has
    /// raised that, making the task raises it in CPython; here it leaves the loop at the end of the step,
    /// unless whoever has made the task takes it and raises it.
    pub fn take_left_by(&self) -> Option<Error> {
        self.left_by.take()
    }

    /// What is being handled where it is run: everything in it runs inside of that.
    pub(crate) fn handled_outside(&self) -> Option<Error> {
        self.handled_outside.borrow().clone()
    }

    /// Stops the loop at the end of the present iteration: `loop.stop()`.
    pub fn stop(&self) {
        self.stopping.set(true);
    }

    /// Whether tasks start eagerly, as with `loop.set_task_factory(asyncio.eager_task_factory)`: the
    /// coroutine runs at once, inside the step that creates the task, until it first waits.
    pub fn set_eager_tasks(&self, eager: bool) {
        self.eager.set(eager);
    }

    pub(crate) fn eager(&self) -> bool {
        self.eager.get()
    }

    /// Runs `body` with this as the running loop, even while it is not running.
    pub(crate) fn with<R>(self: &Rc<Self>, body: impl FnOnce() -> R) -> R {
        let outer = events::running_loop();
        events::set_running_loop(Some(self.clone()));
        let result = body();
        events::set_running_loop(outer);
        result
    }

    /// Has what polls here polled again in the next iteration.
    pub(crate) fn wake_again(&self, cx: &std::task::Context<'_>) {
        match self.core.stepped_by(cx.waker()) {
            Some(task) => self.core.wake(task),
            None => cx.waker().wake_by_ref(),
        }
    }

    pub(crate) fn current(&self) -> Option<Rc<dyn TaskNode>> {
        self.current.borrow().clone()
    }

    /// Lends the task whose step is running to `read`, which must not run another.
    #[inline]
    pub(crate) fn with_current<R>(&self, read: impl FnOnce(Option<&TaskState>) -> R) -> R {
        read(self.current.borrow().as_deref().map(TaskNode::task_state))
    }

    pub(crate) fn current_task(&self) -> Option<AnyTask> {
        self.current().map(AnyTask::from)
    }

    /// The task whose step is running, for events of the trace: nothing where none is kept.
    #[inline]
    pub(crate) fn current_id(&self) -> Option<TaskId> {
        if !self.core.trace().is_on() {
            return None;
        }
        self.current.borrow().as_ref().and_then(|task| task.traced_id())
    }

    /// The next `Task-N`.
    pub(crate) fn default_name(&self) -> Name {
        Name::Number(self.program.next_unnamed())
    }

    /// The tasks that are not done, in the order of creation.
    pub(crate) fn pending_tasks(&self) -> Vec<AnyTask> {
        let mut tasks = pending_tasks(&self.core);
        tasks.retain(|task| !task.is_hidden() && std::ptr::eq(&**task.event_loop(), self));
        tasks
    }

    pub(crate) fn new_resource(&self, kind: ResourceKind) -> ResourceId {
        self.program.new_resource(kind)
    }

    pub(crate) fn name_resource(&self, id: ResourceId, name: &str) {
        self.program.name_resource(id, name);
    }
}
