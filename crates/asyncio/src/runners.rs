//! `asyncio.Runner` and what `asyncio.run` does around a program.

use crate::asyncgen::shutdown_asyncgens;
use crate::base_events::{CallbackResult, EventLoop};
use crate::concurrent::{call_soon_threadsafe, shutdown_default_executor};
use crate::contextvars::{Context, OwnContext};
use crate::coroutines::Coro;
use crate::events::new_event_loop;
use crate::exceptions::{Error, Result, while_handling};
use crate::freeing::FreedWithRun;
use crate::futures::{Future, Role};
use crate::tasks::{AnyTask, spawn_in};
use executor::Core;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use trace::HandleKind;

/// Runs several coroutines one after another on the same loop: `asyncio.Runner`. Follows
/// `Lib/asyncio/runners.py` of CPython 3.13. It belongs to the synchronous part of a program (see
/// [`Run::script`](crate::Run::script)): awaiting its methods stands for calling them.
///
/// ```
/// use asyncio::{Run, Runner, Status, sleep, time};
/// use executor::VirtualClock;
/// use trace::Trace;
/// let mut run = Run::script(VirtualClock, Trace::off(), || async {
///     let runner = Runner::new();
///     runner.run(async { sleep(1.0).await }).await?;
///     let ended = runner.run(async { Ok(time()) }).await?;
///     runner.close().await?;
///     Ok(ended)
/// });
/// while run.step() != Status::Ended {}
/// assert_eq!(run.result().unwrap().unwrap(), 1.0);
/// ```
#[derive(Default)]
pub struct Runner {
    event_loop: RefCell<Option<Rc<EventLoop>>>,
    /// What all its main coroutines run in, copied when the loop was made.
    context: RefCell<Context>,
    closed: Cell<bool>,
    debug: bool,
}

impl Runner {
    /// A runner that makes its loop when it first needs it.
    pub fn new() -> Self {
        Runner::default()
    }

    /// The same, with the loop in debug mode.
    pub fn with_debug(debug: bool) -> Self {
        Runner { debug, ..Runner::default() }
    }

    /// The loop: `get_loop()`.
    ///
    /// # Errors
    /// `RuntimeError` when the runner is closed.
    pub fn get_loop(&self) -> Result<Rc<EventLoop>> {
        if self.closed.get() {
            return Err(Error::new("RuntimeError", "Runner is closed"));
        }
        if let Some(event_loop) = &*self.event_loop.borrow() {
            return Ok(event_loop.clone());
        }
        let event_loop = new_event_loop()?;
        event_loop.set_debug(self.debug);
        *self.context.borrow_mut() = Context::copied();
        *self.event_loop.borrow_mut() = Some(event_loop.clone());
        Ok(event_loop)
    }

    /// Runs a coroutine to its end: `run()`.
    ///
    /// # Errors
    /// What the coroutine raises; `KeyboardInterrupt` when it was [`interrupt`]ed; `RuntimeError` when the runner
    /// is closed.
    pub async fn run<T, F>(&self, coroutine: F) -> Result<T>
    where
        T: Clone + 'static,
        F: std::future::Future<Output = Result<T>> + 'static,
    {
        let event_loop = self.get_loop()?;
        let context = self.context.borrow().clone();
        let task = event_loop.with(|| spawn_in(&event_loop, Coro::of(coroutine), context));
        let interrupts: Rc<Interrupts> = event_loop.annexes.get();
        let _runs = interrupts.begin(task.any_task());
        let ended = event_loop.run_until_complete(task).await;
        match (ended, interrupts.end()) {
            // It was the interruption that cancelled it, and nobody else.
            (Err(error), Some(main)) if error.is_cancelled() && main.uncancel() == 0 => {
                Err(while_handling(&error, || Error::new("KeyboardInterrupt", "").raised()))
            }
            (ended, _) => ended,
        }
    }

    /// Cancels the tasks that are left and waits for them, closes asynchronous generators and the
    /// default thread pool, and closes the loop: `close()`.
    ///
    /// # Errors
    /// `RuntimeError` when the loop was stopped meanwhile.
    pub async fn close(&self) -> Result {
        let Some(event_loop) = self.event_loop.take() else { return Ok(()) };
        self.closed.set(true);
        let shut_down = shut_down(&event_loop).await;
        event_loop.forget_traceback();
        event_loop.close()?;
        shut_down
    }
}

/// What a runner has of interruptions, with the loop that it runs: `_interrupt_count`, and its main task.
#[derive(Default)]
struct Interrupts {
    count: Cell<u32>,
    main: RefCell<Option<AnyTask>>,
    /// What the program wants called instead. It may lead back to the loop.
    handler: RefCell<Option<FreedWithRun<SignalHandler>>>,
}

/// What is called when a signal comes.
type SignalHandler = Rc<dyn Fn()>;

impl Interrupts {
    fn begin(&self, main: AnyTask) -> Runs<'_> {
        self.count.set(0);
        self.main.replace(Some(main));
        Runs(self)
    }

    /// The main task, if there was an interruption.
    fn end(&self) -> Option<AnyTask> {
        let main = self.main.take();
        main.filter(|_| self.count.get() > 0)
    }
}

/// A main task that runs. A run may be dropped before it has ended: the loop must not hold the task then,
/// which holds the loop.
struct Runs<'a>(&'a Interrupts);

impl Drop for Runs<'_> {
    fn drop(&mut self) {
        drop(self.0.main.take());
    }
}

/// What Ctrl-C does while a [`Runner`] runs a coroutine: `signal.raise_signal(signal.SIGINT)`, which calls
/// `Runner._on_sigint`. The first time it cancels the main task; when that is done, or the next time, it
/// raises on the spot.
///
/// ```
/// use asyncio::{self, RunError, interrupt, sleep, call_later};
/// let ended = asyncio::run(async {
///     call_later(1.0, interrupt);
///     sleep(3.0).await
/// });
/// let Err(RunError::Raised(error)) = ended else { panic!("it was interrupted") };
/// assert!(error.is("KeyboardInterrupt"));
/// ```
///
/// # Errors
/// `KeyboardInterrupt`, which leaves the loop.
///
/// # Panics
/// Without a running loop.
pub fn interrupt() -> Result {
    let event_loop = EventLoop::running();
    let interrupts: Rc<Interrupts> = event_loop.annexes.get();
    let handler = interrupts.handler.borrow().as_ref().and_then(FreedWithRun::get);
    if let Some(handler) = handler {
        signal_came(&event_loop.core, handler);
        return Ok(());
    }
    let main = interrupts.main.borrow().clone();
    interrupts.count.set(interrupts.count.get() + 1);
    match main {
        Some(main) if interrupts.count.get() == 1 && !main.done() => {
            main.cancel();
            // In CPython the loop may be waiting meanwhile.
            call_soon_threadsafe(|| {}).map(drop)
        }
        _ => Err(Error::new("KeyboardInterrupt", "")),
    }
}

/// Has the loop call `callback` when Ctrl-C is pressed, instead of what [`Runner`] does then:
/// `loop.add_signal_handler(signal.SIGINT, callback)`. It is called as any other callback of the loop, and not within
/// whatever runs.
///
/// ```
/// use asyncio::{self, Event, add_signal_handler, call_later, interrupt, time};
/// let told = asyncio::run(async {
///     let stop = Event::new();
///     let handler = stop.clone();
///     add_signal_handler(move || handler.set());
///     call_later(1.0, interrupt);
///     stop.wait().await?;
///     Ok(time())
/// });
/// assert_eq!(told.unwrap(), 1.0);
/// ```
///
/// # Panics
/// Without a running loop.
pub fn add_signal_handler<R: CallbackResult>(callback: impl Fn() -> R + 'static) {
    let event_loop = EventLoop::running();
    let (context, callback) = (Context::copied(), Rc::new(callback));
    let weak = Rc::downgrade(&event_loop);
    let handler = move || {
        let Some(event_loop) = weak.upgrade() else { return };
        let callback = callback.clone();
        event_loop.guard_in(OwnContext::of(context.clone()), move || callback())();
    };
    let handler = FreedWithRun::new(&event_loop.core, Rc::new(handler) as SignalHandler);
    let interrupts: Rc<Interrupts> = event_loop.annexes.get();
    let earlier = interrupts.handler.replace(Some(handler));
    drop(earlier); // after the borrow has ended: what it frees may come back here
}

/// A signal has come: a byte in the pipe of the loop to itself, which an iteration finds where it asks the operating
/// system what is ready; that reads it, and the next one runs the handler.
fn signal_came(core: &Rc<Core>, handler: SignalHandler) {
    let outer = core.clone();
    core.call_external_at(core.time(), move || {
        let inner = outer.clone();
        outer.call_soon_as(HandleKind::Network, move || {
            inner.call_soon_as(HandleKind::Network, move || handler());
        });
        outer.interrupt();
    });
}

/// `constants.THREAD_JOIN_TIMEOUT`, in seconds.
const JOIN_TIMEOUT: f64 = 300.0;

async fn shut_down(event_loop: &Rc<EventLoop>) -> Result {
    cancel_all_tasks(event_loop).await?;
    let closing = shutdown_asyncgens(event_loop.clone());
    event_loop.housekeep(closing).await?;
    event_loop.housekeep(shutdown_default_executor(Some(JOIN_TIMEOUT))).await
}

/// `_cancel_all_tasks`, in the order of creation where CPython iterates a set.
async fn cancel_all_tasks(event_loop: &Rc<EventLoop>) -> Result {
    let tasks = event_loop.pending_tasks();
    if tasks.is_empty() {
        return Ok(());
    }
    for task in &tasks {
        task.cancel();
    }
    let all = when_done(event_loop, &tasks);
    event_loop.run_until_complete(all).await?;
    for task in tasks.iter().filter(|task| !task.cancelled()) {
        if let Some(error) = task.exception()? {
            let message = "unhandled exception during asyncio.run() shutdown";
            let context = Some(task.context());
            event_loop.log_error(message, Some(task.id()), Some(&error), context);
        }
    }
    Ok(())
}

/// `gather(*tasks, return_exceptions=True)`, whatever their results.
fn when_done(event_loop: &Rc<EventLoop>, tasks: &[AnyTask]) -> Future<()> {
    let unfinished = Rc::new(Cell::new(tasks.len()));
    let all: Future<()> = Future::new(event_loop.clone(), Role::Plain);
    let children: Rc<[_]> = tasks.iter().map(|task| task.future().clone()).collect();
    for child in children.iter() {
        let (all, unfinished, children) = (all.clone(), unfinished.clone(), children.clone());
        child.on_done(event_loop.core.handle(move || {
            unfinished.set(unfinished.get() - 1);
            if unfinished.get() == 0 {
                // A gathering looks at the exceptions when it has all.
                children.iter().for_each(|child| drop(child.failure()));
                let _ = all.set_result(());
            }
        }));
    }
    all
}
