//! The event loop, as programs see it.

use super::contextvars::Context;
use super::coroutine::Coro;
use super::error::{Error, Result, repr_str};
use super::future::{Future, Role};
use super::generator::Generators;
use super::network::Network;
use super::program::Program;
use super::task::{AnyTask, Task, TaskState, spawn};
use super::threads::Threads;
use executor::{Core, Handle};
use std::cell::{Cell, OnceCell, RefCell};
use std::fmt::Display;
use std::rc::Rc;
use trace::{EventKind, ResourceId, ResourceKind, TaskId};

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
    pub(super) core: Rc<Core>,
    pub(super) program: Rc<Program>,
    /// The task whose step is running.
    pub(super) current: RefCell<Option<Rc<TaskState>>>,
    pub(super) stopping: Rc<Cell<bool>>,
    running: Cell<bool>,
    closed: Cell<bool>,
    debug: Cell<bool>,
    slow_callback: Cell<f64>,
    eager: Cell<bool>,
    pub(super) generators: Generators,
    pub(super) threads: Threads,
    /// Made when it is first used.
    pub(super) network: OnceCell<Rc<Network>>,
}

impl EventLoop {
    pub(super) fn new(program: Rc<Program>) -> Rc<Self> {
        Rc::new(EventLoop {
            core: program.core.clone(),
            program,
            current: RefCell::default(),
            stopping: Rc::default(),
            running: Cell::new(false),
            closed: Cell::new(false),
            debug: Cell::new(false),
            slow_callback: Cell::new(0.1),
            eager: Cell::new(false),
            generators: Generators::default(),
            threads: Threads::default(),
            network: OnceCell::new(),
        })
    }

    /// The running loop.
    ///
    /// # Panics
    /// When none runs: `RuntimeError: no running event loop` in Python.
    pub(super) fn running() -> Rc<EventLoop> {
        get_running_loop().expect("no running event loop")
    }

    /// The running loop; without one, that to which threads of the synchronous part belong. Nobody
    /// can run it: to threads it is closed.
    ///
    /// # Panics
    /// Outside of a run.
    pub(super) fn of_threads() -> Rc<EventLoop> {
        let program = Program::current().expect("no program is running");
        let existing = program.running_loop().or_else(|| program.loopless.borrow().upgrade());
        existing.unwrap_or_else(|| {
            let event_loop = EventLoop::new(program.clone());
            event_loop.closed.set(true);
            event_loop.threads.close();
            *program.loopless.borrow_mut() = Rc::downgrade(&event_loop);
            program.closed(&event_loop);
            event_loop
        })
    }

    /// Loop time in seconds: `loop.time()`.
    pub fn time(&self) -> f64 {
        self.core.time()
    }

    /// Calls `callback` in the next turn: `loop.call_soon`. An error that it returns is logged.
    pub fn call_soon<R: CallbackResult>(
        self: &Rc<Self>,
        callback: impl FnOnce() -> R + 'static,
    ) -> Handle {
        self.core.call_soon(self.guard(callback))
    }

    /// Calls `callback` after `delay` seconds: `loop.call_later`.
    pub fn call_later<R: CallbackResult>(
        self: &Rc<Self>,
        delay: f64,
        callback: impl FnOnce() -> R + 'static,
    ) -> Handle {
        self.core.call_later(delay, self.guard(callback))
    }

    /// Calls `callback` once loop time is `when`, in seconds: `loop.call_at`.
    pub fn call_at<R: CallbackResult>(
        self: &Rc<Self>,
        when: f64,
        callback: impl FnOnce() -> R + 'static,
    ) -> Handle {
        self.core.call_at(when, self.guard(callback))
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
        spawn(self, Coro::of(coroutine), None, self.eager.get())
    }

    /// Whether it is running.
    pub fn is_running(&self) -> bool {
        self.running.get()
    }

    /// Whether it has been closed.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Ends [`EventLoop::run_forever`], at the end of a turn.
    pub(super) fn stopped(&self) {
        self.stopping.set(false);
        self.running.set(false);
        self.program.set_running_loop(None);
    }

    /// Stops the loop at the end of the present turn: `loop.stop()`.
    pub fn stop(&self) {
        self.stopping.set(true);
    }

    /// Runs until `stop` is called: `loop.run_forever`. To be awaited outside of any task, in the
    /// synchronous part of a program (see [`Run::script`](super::Run::script)).
    ///
    /// # Errors
    /// `RuntimeError` when it is closed, or a loop is running.
    pub async fn run_forever(self: &Rc<Self>) -> Result {
        if self.is_closed() {
            return Err(Error::new("RuntimeError", "Event loop is closed"));
        }
        if self.is_running() {
            return Err(Error::new("RuntimeError", "This event loop is already running"));
        }
        if self.program.running_loop().is_some() {
            let text = "Cannot run the event loop while another loop is running";
            return Err(Error::new("RuntimeError", text));
        }
        // The run polls the script again when the loop has stopped.
        self.program.set_running_loop(Some(self.clone()));
        self.running.set(true);
        let mut started = false;
        std::future::poll_fn(|_| match std::mem::replace(&mut started, true) {
            false => std::task::Poll::Pending,
            true => std::task::Poll::Ready(Ok(())),
        })
        .await
    }

    /// Runs until a future, or a task made of a coroutine, is done: `loop.run_until_complete`. To be
    /// awaited outside of any task, as [`EventLoop::run_forever`].
    ///
    /// # Errors
    /// What the future raises; `RuntimeError` when the loop was stopped before, is closed, or a loop
    /// is running.
    pub async fn run_until_complete<T, A>(self: &Rc<Self>, awaitable: A) -> Result<T>
    where
        T: Clone + 'static,
        A: super::task::Awaitable<T>,
    {
        if self.is_closed() {
            return Err(Error::new("RuntimeError", "Event loop is closed"));
        }
        let wrapped = !awaitable.is_future();
        let future = self.with(|| awaitable.ensure_future());
        if let (true, Role::Task(task)) = (wrapped, &future.0.role) {
            // That it did not end is told by an exception.
            task.log_destroyed.set(false);
        }
        self.complete(&future).await
    }

    async fn complete<T: Clone + 'static>(self: &Rc<Self>, future: &Future<T>) -> Result<T> {
        let stopping = self.stopping.clone();
        let stop = future.add_done_callback(move |future| {
            future.mark_retrieved();
            stopping.set(true);
        });
        let ran = self.run_forever().await;
        future.remove_done_callback(stop);
        ran?;
        if !future.done() {
            return Err(Error::new("RuntimeError", "Event loop stopped before Future completed."));
        }
        future.result()
    }

    /// `run_until_complete` of one of the loop's own coroutines, which no program sees.
    pub(super) async fn housekeep(self: &Rc<Self>, coroutine: Coro<()>) -> Result {
        let task = super::task::spawn_hidden(self, coroutine);
        self.complete(&task).await
    }

    /// Ends the loop: forgets callbacks and timers. A loop that runs does not close.
    ///
    /// # Errors
    /// `RuntimeError` while it is running.
    pub fn close(self: &Rc<Self>) -> Result {
        if self.is_running() {
            return Err(Error::new("RuntimeError", "Cannot close a running event loop"));
        }
        if !self.closed.replace(true) {
            // What comes of what the loop still held comes after its end.
            self.core.emit(|| EventKind::LoopClosed);
            self.core.clear();
            self.threads.close();
            self.program.closed(self);
        }
        Ok(())
    }

    /// Closes the asynchronous generators that exist, each in a task of its own, and logs what their
    /// bodies raise: `loop.run_until_complete(loop.shutdown_asyncgens())`, of which the trace shows no
    /// more than these tasks. To be awaited outside of any task, as [`EventLoop::run_forever`].
    ///
    /// # Errors
    /// `RuntimeError` when it is closed, or a loop is running.
    pub async fn shutdown_asyncgens(self: &Rc<Self>) -> Result {
        let closing = super::generator::shutdown_asyncgens(self.clone());
        if self.is_closed() {
            return Err(Error::new("RuntimeError", "Event loop is closed"));
        }
        self.housekeep(closing).await
    }

    /// Debug mode: steps and callbacks that hold the loop for [`EventLoop::slow_callback_duration`]
    /// or longer are logged.
    pub fn set_debug(&self, debug: bool) {
        self.debug.set(debug);
    }

    /// Whether debug mode is on.
    pub fn get_debug(&self) -> bool {
        self.debug.get()
    }

    /// What counts as slow in debug mode, in seconds; 0.1 unless set otherwise.
    pub fn slow_callback_duration(&self) -> f64 {
        self.slow_callback.get()
    }

    /// Sets what counts as slow in debug mode, in seconds.
    pub fn set_slow_callback_duration(&self, seconds: f64) {
        self.slow_callback.set(seconds);
    }

    /// Whether tasks start eagerly, as with `loop.set_task_factory(asyncio.eager_task_factory)`: the
    /// coroutine runs at once, inside the step that creates the task, until it first waits.
    pub fn set_eager_tasks(&self, eager: bool) {
        self.eager.set(eager);
    }

    pub(super) fn eager(&self) -> bool {
        self.eager.get()
    }

    /// Runs `body` with this as the running loop, even while it is not running.
    pub(super) fn with<R>(self: &Rc<Self>, body: impl FnOnce() -> R) -> R {
        let outer = self.program.running_loop();
        self.program.set_running_loop(Some(self.clone()));
        let result = body();
        self.program.set_running_loop(outer);
        result
    }

    pub(super) fn guard<R: CallbackResult>(
        self: &Rc<Self>,
        callback: impl FnOnce() -> R + 'static,
    ) -> impl FnOnce() + 'static {
        let event_loop = Rc::downgrade(self);
        let context = Context::copied();
        move || {
            let error = context.run(|| callback().error());
            if let (Some(error), Some(event_loop)) = (error, event_loop.upgrade()) {
                event_loop.log_error("Exception in callback", None, Some(&error));
            }
        }
    }

    /// Logs something on behalf of the program that runs; nothing without one.
    pub(super) fn report(text: &str) {
        let Some(program) = Program::current() else { return };
        let task = program.running_loop().and_then(|event_loop| event_loop.current_id());
        let message = text.into();
        program.core.emit(|| EventKind::Logged { task, message, about: None, error: None });
    }

    /// Logs something, as `call_exception_handler` does.
    pub(super) fn log(&self, text: &str) {
        self.log_error(text, None, None);
    }

    /// The same, about a task and with an exception.
    pub(super) fn log_error(&self, message: &str, about: Option<TaskId>, error: Option<&Error>) {
        let task = self.current_id();
        self.core.emit(|| EventKind::Logged {
            task,
            message: message.into(),
            about,
            error: error.map(|error| error.headline().into()),
        });
    }

    /// In debug mode, logs a handle that held the loop for too long.
    pub(super) fn look_for_slow(&self) {
        if !self.debug.get() {
            return;
        }
        let Some((task, began)) = self.core.take_last_handle() else { return };
        let seconds = self.core.time() - began;
        if seconds >= self.slow_callback.get() {
            let who = task.map_or_else(
                || "<Handle>".into(),
                |name| format!("<Task name={}>", repr_str(&name)),
            );
            let message: Rc<str> = format!("Executing {who} took {seconds:.3} seconds").into();
            self.core.emit(|| EventKind::Logged { task: None, message, about: None, error: None });
        }
    }

    pub(super) fn current(&self) -> Option<Rc<TaskState>> {
        self.current.borrow().clone()
    }

    pub(super) fn current_id(&self) -> Option<TaskId> {
        self.current.borrow().as_ref().and_then(|task| task.traced_id())
    }

    /// The next `Task-N`.
    pub(super) fn default_name(&self) -> String {
        self.program.default_name()
    }

    /// The tasks that are not done, in the order of creation.
    pub(super) fn pending_tasks(&self) -> Vec<AnyTask> {
        let tasks = self.program.pending_tasks();
        tasks.into_iter().filter(|task| std::ptr::eq(&**task.event_loop(), self)).collect()
    }

    pub(super) fn new_resource(&self, kind: ResourceKind) -> ResourceId {
        self.program.new_resource(kind)
    }
}

/// What a callback may return: nothing, or a [`Result`] whose error the loop logs as
/// `Exception in callback`.
pub trait CallbackResult {
    /// The error, if it is one.
    fn error(self) -> Option<Error>;
}

impl CallbackResult for () {
    fn error(self) -> Option<Error> {
        None
    }
}

impl CallbackResult for Result {
    fn error(self) -> Option<Error> {
        self.err()
    }
}

/// A loop that is not running yet: `asyncio.new_event_loop()`. For the synchronous part of a program.
///
/// # Errors
/// `RuntimeError` outside of a [`Run`](super::Run).
pub fn new_event_loop() -> Result<Rc<EventLoop>> {
    match Program::current() {
        Some(program) => Ok(EventLoop::new(program)),
        None => Err(Error::new("RuntimeError", "no program is running")),
    }
}

/// The running loop: `asyncio.get_running_loop()`.
///
/// # Errors
/// `RuntimeError` when none is running.
pub fn get_running_loop() -> Result<Rc<EventLoop>> {
    Program::current()
        .and_then(|program| program.running_loop())
        .ok_or_else(|| Error::new("RuntimeError", "no running event loop"))
}

/// Loop time in seconds: `loop.time()`.
///
/// # Panics
/// Without a running loop.
pub fn time() -> f64 {
    EventLoop::running().core.time()
}

/// Prints a line: Python's `print`. It goes to the trace, with the time and the task; nowhere outside
/// of a run.
pub fn print(text: impl Display) {
    let Some(program) = Program::current() else { return };
    let task = program.running_loop().and_then(|event_loop| event_loop.current_id());
    program.core.emit(|| EventKind::Printed { task, text: text.to_string().into() });
}

/// Holds the loop for `seconds`: Python's `time.sleep` inside a coroutine, or outside of any.
///
/// # Panics
/// Outside of a run.
pub fn time_sleep(seconds: f64) {
    Program::current().expect("no program is running").core.block(seconds);
}

/// The task that is running, if one is: `asyncio.current_task()`.
///
/// ```
/// use asyncio::{self, create_task_named, current_task, sleep};
/// let name = asyncio::run(async {
///     create_task_named(async { Ok(current_task().map(|task| task.name())) }, "worker").await
/// });
/// assert_eq!(name.unwrap().as_deref(), Some("worker"));
/// ```
///
/// # Panics
/// Without a running loop.
pub fn current_task() -> Option<AnyTask> {
    EventLoop::running().current().as_ref().and_then(AnyTask::of)
}

/// The name of the task that is running, if one is: `current_task().get_name()`.
///
/// # Panics
/// Without a running loop.
pub fn current_task_name() -> Option<Rc<str>> {
    EventLoop::running().current().map(|task| task.name())
}

/// The tasks that are not done, in the order of creation (Python gives a set): `asyncio.all_tasks()`.
///
/// # Panics
/// Without a running loop.
pub fn all_tasks() -> Vec<AnyTask> {
    let event_loop = EventLoop::running();
    let tasks = event_loop.program.all_pending_tasks().into_iter();
    tasks.filter(|task| Rc::ptr_eq(task.event_loop(), &event_loop)).collect()
}

/// Calls `callback` in the next turn: `loop.call_soon`. An error that it returns is logged.
///
/// # Panics
/// Without a running loop.
pub fn call_soon<R: CallbackResult>(callback: impl FnOnce() -> R + 'static) -> Handle {
    EventLoop::running().call_soon(callback)
}

/// Calls `callback` after `delay` seconds: `loop.call_later`.
///
/// # Panics
/// Without a running loop.
pub fn call_later<R: CallbackResult>(delay: f64, callback: impl FnOnce() -> R + 'static) -> Handle {
    EventLoop::running().call_later(delay, callback)
}

/// Calls `callback` once loop time is `when`, in seconds: `loop.call_at`.
///
/// # Panics
/// Without a running loop.
pub fn call_at<R: CallbackResult>(when: f64, callback: impl FnOnce() -> R + 'static) -> Handle {
    EventLoop::running().call_at(when, callback)
}
