//! What the threads of one run share.

use super::kept::Kept;
use super::pool::{self, Pool};
use super::thread::{self, Thread};
use super::waiters::Lock;
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Result};
use std::cell::{Cell, RefCell};
use std::rc::Weak;

/// The threads of a run, and what the loop knows of them.
#[derive(Default)]
pub(crate) struct Threads {
    /// The thread that is running.
    pub(super) current: RefCell<Option<Thread>>,
    /// Threads that have not ended and have something to do.
    busy: Cell<usize>,
    /// Held while a job is submitted to any pool of threads.
    pub(super) all_pools: Lock,
    default_pool: RefCell<Option<Kept<Pool>>>,
    pub(super) shutdown_called: Cell<bool>,
    closed: Cell<bool>,
    /// Pools of processes, and the workers of pools of threads: for the end of the program.
    pub(super) process_pools: RefCell<Vec<Weak<pool::Inner>>>,
    pub(super) workers: RefCell<Vec<(Weak<pool::Inner>, Weak<thread::Inner>)>>,
    pub(super) processes_over: Cell<bool>,
    pub(super) threads_over: Cell<bool>,
}

impl Threads {
    pub(super) fn current(&self) -> Option<Thread> {
        self.current.borrow().clone()
    }

    pub(super) fn default_pool(&self) -> Option<Pool> {
        self.default_pool.borrow().as_ref().and_then(Kept::get)
    }

    pub(super) fn set_default_pool(&self, event_loop: &EventLoop, pool: &Pool) {
        *self.default_pool.borrow_mut() = Some(Kept::new(&event_loop.core, pool.clone()));
    }

    /// From now on threads find the loop closed.
    pub(crate) fn close(&self) {
        self.closed.set(true);
    }

    /// `loop._check_closed`.
    pub(super) fn check_closed(&self) -> Result {
        if self.closed.get() {
            return Err(Error::new("RuntimeError", "Event loop is closed"));
        }
        Ok(())
    }

    /// Whether threads are left that have something to do.
    pub(crate) fn any_busy(&self) -> bool {
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
