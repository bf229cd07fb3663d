//! `asyncio.run`: a program from its first step to its last.

use super::error::{Error, Result};
use super::event_loop::EventLoop;
use super::future::{AnyFuture, Future, Role};
use super::task::create_task;
use crate::executor::{Clock, Executor, Progress, Stuck, VirtualClock};
use crate::trace::Trace;
use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

/// How a run came to a bad end.
#[derive(Clone, Debug)]
pub enum RunError {
    /// The main coroutine raised.
    Raised(Error),
    /// The program can never finish. CPython would wait for ever.
    Stuck(Stuck),
    /// The program took more steps than it may.
    TooLong {
        /// The number of handles it may run.
        limit: u64,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Raised(error) => f.write_str(&error.headline()),
            RunError::Stuck(stuck) => stuck.fmt(f),
            RunError::TooLong { limit } => {
                write!(f, "the program ran {limit} handles without coming to an end")
            }
        }
    }
}

impl std::error::Error for RunError {}

/// What a call of [`Run::step`] came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Status {
    /// A handle ran.
    Ran,
    /// The next handle may not run for so many real seconds.
    Wait(f64),
    /// The run has ended: [`Run::result`] has its result.
    Ended,
}

/// Runs a coroutine on a virtual clock, without a trace, and returns its result: `asyncio.run`.
///
/// # Errors
/// What the coroutine raises, or that it can never finish.
pub fn run<T, F>(main: F) -> std::result::Result<T, RunError>
where
    T: Clone + 'static,
    F: std::future::Future<Output = Result<T>> + 'static,
{
    let mut run = Run::new(VirtualClock, Trace::off(), || main);
    while run.step() != Status::Ended {}
    run.result().unwrap_or(Err(RunError::TooLong { limit: 0 }))
}

/// A run of a program, handle by handle. Follows `Runner` of CPython 3.13
/// (`Lib/asyncio/runners.py`): when the main task has ended, the tasks left are cancelled and awaited,
/// and the loop closes. Dropping it frees everything that the run holds.
pub struct Run<T> {
    executor: Executor,
    event_loop: Rc<EventLoop>,
    main: Future<T>,
    phase: Phase,
    /// Set by the callback that stops the loop; it stops when the turn has ended.
    stopping: Rc<Cell<bool>>,
    handles_left: u64,
    error: Option<RunError>,
}

/// Handles a run may take before it is given up, so that an endless program does not hang the page.
const HANDLES: u64 = 250_000;

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    /// The main task runs.
    Main,
    /// The tasks that were left have been cancelled.
    Cancelling,
    /// Closing asynchronous generators, then the default thread pool: two turns each.
    Closing(u32),
    Ended,
}

impl<T: Clone + 'static> Run<T> {
    /// A run of the coroutine that `main` makes, about to begin.
    pub fn new<F>(clock: impl Clock + 'static, trace: Trace, main: impl FnOnce() -> F) -> Self
    where
        F: std::future::Future<Output = Result<T>> + 'static,
    {
        let executor = Executor::traced(clock, trace);
        let event_loop = EventLoop::new(executor.core());
        let main = event_loop.enter(|| {
            let coroutine = main();
            Future::clone(&create_task(coroutine))
        });
        let run = Run {
            executor,
            event_loop,
            main,
            phase: Phase::Main,
            stopping: Rc::default(),
            handles_left: HANDLES,
            error: None,
        };
        run.stop_after(&*run.main.any());
        run
    }

    /// Runs one handle, or says how long to wait for the next.
    pub fn step(&mut self) -> Status {
        while self.phase != Phase::Ended && self.stopping.get() && self.executor.turn_ended() {
            self.stopping.set(false);
            let event_loop = self.event_loop.clone();
            event_loop.enter(|| self.next_phase());
        }
        if self.phase == Phase::Ended {
            return Status::Ended;
        }
        if self.handles_left == 0 {
            return self.end(RunError::TooLong { limit: HANDLES });
        }
        match self.event_loop.enter(|| self.executor.step()) {
            Progress::Ran => {
                self.handles_left -= 1;
                Status::Ran
            }
            Progress::Wait(seconds) => Status::Wait(seconds),
            Progress::Idle => self.end(RunError::Stuck(Stuck { blocked: self.executor.blocked() })),
        }
    }

    /// How the program ended; `None` while it runs.
    pub fn result(&self) -> Option<std::result::Result<T, RunError>> {
        if self.phase != Phase::Ended {
            return None;
        }
        Some(match &self.error {
            Some(error) => Err(error.clone()),
            None => self.main.result().map_err(RunError::Raised),
        })
    }

    /// Loop time in seconds.
    pub fn time(&self) -> f64 {
        self.executor.time()
    }

    /// The trace that the run emits to.
    pub fn trace(&self) -> Trace {
        self.executor.trace().clone()
    }

    fn end(&mut self, error: RunError) -> Status {
        self.error = Some(error);
        self.phase = Phase::Ended;
        Status::Ended
    }

    fn next_phase(&mut self) {
        self.phase = match self.phase {
            Phase::Main => {
                let left = self.event_loop.pending_tasks();
                if left.is_empty() {
                    self.close_in(2)
                } else {
                    self.cancel_all(left);
                    Phase::Cancelling
                }
            }
            Phase::Cancelling => self.close_in(2),
            Phase::Closing(left) => self.close_in(left),
            Phase::Ended => Phase::Ended,
        };
    }

    /// `_cancel_all_tasks`, in the order of creation where CPython iterates a set.
    fn cancel_all(&self, tasks: Vec<Rc<dyn AnyFuture>>) {
        for task in &tasks {
            task.cancel(None);
        }
        let unfinished = Rc::new(Cell::new(tasks.len()));
        let all: Future<()> = Future::new(self.event_loop.clone(), Role::Plain);
        for task in tasks {
            let (all, unfinished) = (all.clone(), unfinished.clone());
            task.on_done(self.executor.handle(move || {
                unfinished.set(unfinished.get() - 1);
                if unfinished.get() == 0 {
                    let _ = all.set_result(());
                }
            }));
        }
        self.stop_after(&*all.any());
    }

    /// A `run_until_complete` of a coroutine that returns at once.
    fn close_in(&self, left: u32) -> Phase {
        if left == 0 {
            return Phase::Ended;
        }
        let closed: Future<()> = Future::new(self.event_loop.clone(), Role::Plain);
        self.stop_after(&*closed.any());
        self.executor.call_soon(move || {
            let _ = closed.set_result(());
        });
        Phase::Closing(left - 1)
    }

    /// Stops the loop at the end of the turn after the one in which `future` is done.
    fn stop_after(&self, future: &dyn AnyFuture) {
        let stopping = self.stopping.clone();
        future.on_done(self.executor.handle(move || stopping.set(true)));
    }
}
