//! The program that runs: what stands for the Python process. It knows no loops.

use crate::annexes::Annexes;
use executor::Core;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use trace::{EventKind, LoopId, ResourceId, ResourceKind, TaskId, TimeoutId};

/// What no program comes out of.
#[derive(Clone, Copy)]
pub(super) enum Overrun {
    /// Calls went so deep into one another that CPython has no stack left.
    Stack,
    /// CPython goes round in a circle within one step.
    Circle,
}

/// One run of a program.
pub(super) struct Program {
    pub(super) core: Rc<Core>,
    /// What parts of the layer keep for all loops.
    pub(super) annexes: Annexes,
    /// Tasks that got no name of their own, as CPython counts them.
    unnamed: Cell<u32>,
    resources: Cell<u32>,
    loops: Cell<u32>,
    timeouts: Cell<u32>,
    callbacks: Cell<u32>,
    at_exit: RefCell<Vec<Box<dyn FnOnce()>>>,
    /// Why CPython could not go on either, if a step got so far.
    pub(super) overrun: Cell<Option<Overrun>>,
    /// Whether a future has failed with `GeneratorExit`: then steps ask whether theirs has.
    pub(super) knows_exits: Cell<bool>,
    /// Says which task is running.
    running_task: fn() -> Option<TaskId>,
}

thread_local! {
    static PROGRAMS: RefCell<Vec<Rc<Program>>> = const { RefCell::new(Vec::new()) };
}

impl Program {
    /// A program; `running_task` says which task is running, if one is that the trace shows.
    pub(super) fn new(core: Rc<Core>, running_task: fn() -> Option<TaskId>) -> Rc<Self> {
        Rc::new(Program {
            core,
            annexes: Annexes::default(),
            unnamed: Cell::new(0),
            resources: Cell::new(0),
            loops: Cell::new(0),
            timeouts: Cell::new(0),
            callbacks: Cell::new(0),
            at_exit: RefCell::default(),
            overrun: Cell::new(None),
            knows_exits: Cell::new(false),
            running_task,
        })
    }

    /// The task that is running, if one is that the trace shows.
    pub(super) fn running_task(&self) -> Option<TaskId> {
        (self.running_task)()
    }

    /// Logs something on behalf of the program that runs; nothing without one.
    pub(super) fn report(text: &str) {
        let Some(program) = Program::current() else { return };
        let task = program.running_task();
        program.core.emit(|| EventKind::logged(task, text, None, None));
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

    /// Calls what was registered for the end, the last first.
    pub(super) fn run_at_exit(&self) {
        while let Some(callback) = { self.at_exit.borrow_mut().pop() } {
            callback();
        }
    }

    /// The N of the next `Task-N`.
    pub(super) fn next_unnamed(&self) -> u32 {
        self.unnamed.set(self.unnamed.get() + 1);
        self.unnamed.get()
    }

    /// A number that no other callback of a future has, unless there have been four thousand million since.
    pub(super) fn next_callback(&self) -> u32 {
        self.callbacks.set(self.callbacks.get().wrapping_add(1));
        self.callbacks.get()
    }

    pub(super) fn next_loop(&self) -> LoopId {
        LoopId(self.loops.replace(self.loops.get() + 1))
    }

    pub(super) fn next_timeout(&self) -> TimeoutId {
        TimeoutId(self.timeouts.replace(self.timeouts.get() + 1))
    }

    pub(super) fn new_resource(&self, kind: ResourceKind) -> ResourceId {
        let id = ResourceId(self.resources.get());
        self.resources.set(id.0 + 1);
        self.core.emit(|| EventKind::ResourceCreated { id, kind });
        id
    }

    pub(super) fn name_resource(&self, id: ResourceId, name: &str) {
        self.core.emit(|| EventKind::ResourceNamed { id, name: name.into() });
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
