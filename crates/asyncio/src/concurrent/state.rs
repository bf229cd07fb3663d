//! What the threads of one run share.

use super::blocked_callers::Lock;
use super::pool::{self, Pool};
use super::thread::{self, Thread};
use crate::base_events::EventLoop;
use crate::events::running_loop;
use crate::exceptions::{Error, Result};
use crate::freeing::FreedWithRun;
use crate::program::Program;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// The threads of a run, and what the loop knows of them.
#[derive(Default)]
pub(super) struct Threads {
    /// The thread that is running.
    pub(super) current: RefCell<Option<Thread>>,
    /// Threads that have not ended and have something to do.
    busy: Cell<usize>,
    /// Held while a job is submitted to any pool of threads.
    pub(super) all_pools: Lock,
    default_pool: RefCell<Option<FreedWithRun<Pool>>>,
    pub(super) shutdown_called: Cell<bool>,
    /// Pools of processes, and the workers of pools of threads: for the end of the program.
    pub(super) process_pools: RefCell<Vec<Weak<pool::PoolState>>>,
    pub(super) workers: RefCell<Vec<(Weak<pool::PoolState>, Weak<thread::ThreadState>)>>,
    pub(super) processes_over: Cell<bool>,
    pub(super) threads_over: Cell<bool>,
}

impl Threads {
    pub(super) fn current(&self) -> Option<Thread> {
        self.current.borrow().clone()
    }

    pub(super) fn default_pool(&self) -> Option<Pool> {
        self.default_pool.borrow().as_ref().and_then(FreedWithRun::get)
    }

    pub(super) fn set_default_pool(&self, event_loop: &EventLoop, pool: &Pool) {
        *self.default_pool.borrow_mut() = Some(FreedWithRun::new(&event_loop.core, pool.clone()));
    }

    /// Whether threads are left that have something to do.
    fn any_busy(&self) -> bool {
        self.busy.get() > 0
    }

    /// Whether the program is over, so that pools of threads or of processes take no more jobs.
    pub(super) fn takes_no_jobs(&self, processes: bool) -> bool {
        if processes { self.processes_over.get() } else { self.threads_over.get() }
    }

    pub(super) fn count_busy(&self, by: isize) {
        self.busy.set(self.busy.get().saturating_add_signed(by));
    }
}

/// The running loop; without one, that to which threads of the synchronous part belong. Nobody can run
/// it: to threads it is closed.
///
/// # Panics
/// Outside of a run.
pub(super) fn of_threads() -> Rc<EventLoop> {
    running_loop().unwrap_or_else(|| {
        let program = Program::current().expect("no program is running");
        let loopless = program.annexes.get::<Loopless>();
        let existing = loopless.0.borrow().upgrade();
        existing.unwrap_or_else(|| {
            let event_loop = EventLoop::new_closed(program);
            *loopless.0.borrow_mut() = Rc::downgrade(&event_loop);
            event_loop
        })
    })
}

/// What stands for a loop to threads that were started while none was running.
#[derive(Default)]
struct Loopless(RefCell<Weak<EventLoop>>);

/// Pools of threads made, and threads of no pool: for their names.
#[derive(Default)]
pub(super) struct Names {
    pub(super) pools: Cell<u32>,
    pub(super) plain_threads: Cell<u32>,
}

impl Names {
    pub(super) fn of(program: &Program) -> Rc<Names> {
        program.annexes.get()
    }
}

impl EventLoop {
    pub(super) fn threads(&self) -> Rc<Threads> {
        self.annexes.get()
    }

    /// `_check_closed`.
    pub(super) fn check_closed(&self) -> Result {
        if self.is_closed() {
            return Err(Error::new("RuntimeError", "Event loop is closed"));
        }
        Ok(())
    }
}

/// Whether threads of a loop are left that have something to do.
pub(crate) fn any_busy(event_loop: &EventLoop) -> bool {
    event_loop.threads().any_busy()
}
