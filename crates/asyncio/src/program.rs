//! What all loops of one run share, and which loop is running.

use crate::base_events::EventLoop;
use crate::contextvars::Context;
use crate::futures::{AnyFuture, CallbackId};
use crate::selector_events::NetworkConfig;
use crate::tasks::{AnyTask, TaskState};
use executor::Core;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use trace::{EventKind, ResourceId, ResourceKind};

/// One run of a program: what stands for the Python process.
pub(super) struct Program {
    pub(super) core: Rc<Core>,
    /// The network of loops that do not set it.
    pub(super) network: RefCell<NetworkConfig>,
    /// Tasks that got no name of their own, as CPython counts them.
    unnamed: Cell<u32>,
    resources: Cell<u32>,
    callbacks: Cell<u64>,
    /// Pools of threads made, and threads of no pool: for their names.
    pub(super) pools: Cell<u32>,
    pub(super) plain_threads: Cell<u32>,
    at_exit: RefCell<Vec<Box<dyn FnOnce()>>>,
    /// Whether calls went so deep into one another that CPython has no stack left.
    pub(super) exhausted: Cell<bool>,
    /// Whether the innermost await that is polled next raises `GeneratorExit`.
    pub(super) exit_raised: Cell<bool>,
    /// Futures that were completed with an exception.
    failed: RefCell<Vec<Weak<dyn AnyFuture>>>,
    /// All tasks, in the order of creation; those of loops themselves too.
    tasks: RefCell<Vec<Weak<TaskState>>>,
    /// Loops that were closed, until the program ends.
    closed: RefCell<Vec<Rc<EventLoop>>>,
    /// What stands for a loop to threads that were started while none was running; among the closed.
    pub(super) loopless: RefCell<Weak<EventLoop>>,
    /// The loop that is running: `_get_running_loop`.
    running: RefCell<Option<Rc<EventLoop>>>,
    /// The context of what is running, outside of tasks that of the synchronous part.
    context: RefCell<Context>,
}

thread_local! {
    static PROGRAMS: RefCell<Vec<Rc<Program>>> = const { RefCell::new(Vec::new()) };
}

impl Program {
    pub(super) fn new(core: Rc<Core>) -> Rc<Self> {
        Rc::new(Program {
            core,
            network: RefCell::default(),
            unnamed: Cell::new(0),
            resources: Cell::new(0),
            callbacks: Cell::new(0),
            pools: Cell::new(0),
            plain_threads: Cell::new(0),
            at_exit: RefCell::default(),
            exhausted: Cell::new(false),
            exit_raised: Cell::new(false),
            failed: RefCell::default(),
            tasks: RefCell::default(),
            closed: RefCell::default(),
            loopless: RefCell::default(),
            running: RefCell::default(),
            context: RefCell::default(),
        })
    }

    /// The program of which something runs now.
    pub(super) fn current() -> Option<Rc<Program>> {
        PROGRAMS.with(|programs| programs.borrow().last().cloned())
    }

    /// Runs `body` as part of this program.
    pub(super) fn enter<R>(self: &Rc<Self>, body: impl FnOnce() -> R) -> R {
        struct Leave;
        impl Drop for Leave {
            fn drop(&mut self) {
                let program = PROGRAMS.with(|programs| programs.borrow_mut().pop());
                drop(program); // after the borrow has ended: what it frees may ask for the program
            }
        }
        PROGRAMS.with(|programs| programs.borrow_mut().push(self.clone()));
        let _leave = Leave;
        body()
    }

    pub(super) fn running_loop(&self) -> Option<Rc<EventLoop>> {
        self.running.borrow().clone()
    }

    pub(super) fn set_running_loop(&self, event_loop: Option<Rc<EventLoop>>) {
        let earlier = self.running.replace(event_loop);
        drop(earlier);
    }

    pub(super) fn context(&self) -> Context {
        self.context.borrow().clone()
    }

    /// Runs `body` in a context.
    pub(super) fn in_context<R>(&self, context: &Context, body: impl FnOnce() -> R) -> R {
        let outer = self.context.replace(context.clone());
        let result = body();
        let inner = self.context.replace(outer);
        drop(inner);
        result
    }

    /// Notes that a loop was closed.
    pub(super) fn closed(&self, event_loop: &Rc<EventLoop>) {
        self.closed.borrow_mut().push(event_loop.clone());
    }

    /// The loops that were closed, which this forgets.
    pub(super) fn take_closed(&self) -> Vec<Rc<EventLoop>> {
        self.closed.take()
    }

    /// Calls what was registered for the end, the last first.
    pub(super) fn run_at_exit(&self) {
        while let Some(callback) = { self.at_exit.borrow_mut().pop() } {
            callback();
        }
    }

    /// The next `Task-N`.
    pub(super) fn default_name(&self) -> String {
        self.unnamed.set(self.unnamed.get() + 1);
        format!("Task-{}", self.unnamed.get())
    }

    pub(super) fn register_task(&self, task: &Rc<TaskState>) {
        self.tasks.borrow_mut().push(Rc::downgrade(task));
    }

    /// The tasks that are not done, of all loops, in the order of creation.
    pub(super) fn pending_tasks(&self) -> Vec<AnyTask> {
        let mut tasks = self.all_pending_tasks();
        tasks.retain(|task| !task.is_hidden());
        tasks
    }

    /// The same, with those of the loops themselves.
    pub(super) fn all_pending_tasks(&self) -> Vec<AnyTask> {
        let mut tasks = self.tasks.borrow_mut();
        tasks.retain(|task| task.strong_count() > 0);
        let states: Vec<_> = tasks.iter().filter_map(Weak::upgrade).collect();
        drop(tasks);
        let handles = states.iter().filter_map(AnyTask::of);
        handles.filter(|task| !task.done()).collect()
    }

    /// Notes that a future was completed with an exception.
    pub(super) fn failed(&self, future: Weak<dyn AnyFuture>) {
        let mut failed = self.failed.borrow_mut();
        if failed.len() == failed.capacity() {
            failed.retain(|future| future.strong_count() > 0);
        }
        failed.push(future);
    }

    /// What the last collection of garbage finds, when all else is freed: what holds itself.
    pub(super) fn collect_garbage(&self) {
        let states: Vec<_> = self.tasks.borrow().iter().filter_map(Weak::upgrade).collect();
        states.iter().for_each(|task| task.keep(None));
        drop(states);
        let failed = self.failed.take();
        failed.iter().filter_map(Weak::upgrade).for_each(|future| future.report_unretrieved());
    }

    pub(super) fn next_callback(&self) -> CallbackId {
        self.callbacks.set(self.callbacks.get() + 1);
        CallbackId(self.callbacks.get())
    }

    pub(super) fn new_resource(&self, kind: ResourceKind) -> ResourceId {
        let id = ResourceId(self.resources.get());
        self.resources.set(id.0 + 1);
        self.core.emit(|| EventKind::ResourceCreated { id, kind });
        id
    }
}

/// Calls `callback` when the program is over and its threads have ended, before what is left of it is
/// freed: `atexit.register`. What is registered last is called first.
///
/// ```
/// use asyncio::{Run, Status, at_exit, print};
/// use executor::VirtualClock;
/// use trace::{EventKind, Trace};
/// let trace = Trace::on();
/// let mut run = Run::new(VirtualClock, trace.clone(), || async {
///     at_exit(|| print("at last"));
///     Ok(())
/// });
/// while run.step() != Status::Ended {}
/// let last = trace.snapshot().pop().unwrap();
/// assert!(matches!(last.kind, EventKind::Printed { text, .. } if &*text == "at last"));
/// ```
///
/// # Panics
/// Outside of a run.
pub fn at_exit(callback: impl FnOnce() + 'static) {
    let program = Program::current().expect("no program is running");
    program.at_exit.borrow_mut().push(Box::new(callback));
}
