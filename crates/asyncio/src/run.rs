//! A run of a program, from its first step to its last.

use crate::base_events::{EventLoop, Registry, pending_tasks};
use crate::concurrent;
use crate::events;
use crate::exceptions::{Error, Result, handles};
use crate::freeing::{self, Garbage};
use crate::futures::finishing;
use crate::present::Present;
use crate::program::{Overrun, Program};
use crate::runners::Runner;
use crate::selector_events::{NetworkConfig, set_network_of};
use crate::tasks::AnyTask;
use executor::{Clock, Executor, Progress, Stuck, VirtualClock, World};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use trace::Trace;

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

/// Runs a coroutine on a virtual clock, without a trace, and returns its result: `asyncio.run`. An
/// endless one runs for ever.
///
/// # Errors
/// What the coroutine raises, or that it can never finish.
pub fn run<T, F>(main: F) -> std::result::Result<T, RunError>
where
    T: Clone + 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let mut run = Run::new(VirtualClock, Trace::off(), || main);
    while run.go() != Status::Ended {}
    run.result().expect("it has ended")
}

/// A run of a program, handle by handle. Dropping it frees everything that the run holds.
///
/// ```
/// use asyncio::{Run, Status, sleep};
/// use executor::VirtualClock;
/// use trace::{EventKind, Trace};
/// let mut run = Run::new(VirtualClock, Trace::on(), || async { sleep(2.0).await });
/// while run.step() != Status::Ended {}
/// assert_eq!(run.time(), 2.0);
/// ```
pub struct Run<T> {
    executor: Executor,
    program: Rc<Present>,
    registry: Rc<Registry>,
    garbage: Rc<Garbage>,
    /// The synchronous part of the program; taken when it has ended.
    script: Option<Pin<Box<dyn Future<Output = Result<T>>>>>,
    /// Once the script has ended: its result, and the loops whose threads are waited for.
    joining: Option<(Result<T>, Vec<Rc<EventLoop>>)>,
    result: Option<std::result::Result<T, RunError>>,
    /// Handles that have run.
    handles: u64,
    /// Handles and external events that may be, together.
    budget: u64,
}

impl<T: Clone + 'static> Run<T> {
    /// A run of `asyncio.run(main())`, about to begin.
    pub fn new<F>(clock: impl Clock + 'static, trace: Trace, main: impl FnOnce() -> F) -> Self
    where
        F: Future<Output = Result<T>> + 'static,
    {
        Run::script(clock, trace, || {
            let main = main();
            async move {
                let runner = Runner::new();
                let result = runner.run(main).await;
                finishing(&result, runner.close()).await?;
                result
            }
        })
    }

    /// A run of a program with a synchronous part, about to begin. What `script` makes stands for
    /// the code outside of any coroutine, which may make loops and runners; awaiting their methods
    /// stands for calling them. Nothing else can be awaited there.
    pub fn script<F>(clock: impl Clock + 'static, trace: Trace, script: impl FnOnce() -> F) -> Self
    where
        F: Future<Output = Result<T>> + 'static,
    {
        let executor = Executor::traced(clock, trace);
        let program = Present::new(Program::new(executor.core(), events::running_task));
        let (registry, garbage) = (program.annexes.get(), program.annexes.get());
        let script = program.enter(|| Box::pin(script()) as Pin<Box<dyn Future<Output = _>>>);
        let script = Some(script);
        let (joining, result) = (None, None);
        Run {
            executor,
            program,
            registry,
            garbage,
            script,
            joining,
            result,
            handles: 0,
            budget: u64::MAX,
        }
    }

    /// The same run with an end to it: after so many handles, external events among them, it is
    /// given up as [`RunError::TooLong`]. Without this an endless program runs for ever.
    pub fn with_budget(mut self, handles: u64) -> Self {
        self.budget = handles;
        self.executor.set_external_budget(handles);
        self
    }

    /// The same run on another network; [`set_network`](crate::set_network) changes that of a loop
    /// while it runs.
    pub fn with_network(self, network: NetworkConfig) -> Self {
        set_network_of(&self.program, network);
        self
    }

    /// The same run in a world where things take more or less time than it says.
    pub fn with_world(self, world: Option<World>) -> Self {
        self.executor.set_world(world);
        self
    }

    /// Runs one handle, or says how long to wait for the next.
    pub fn step(&mut self) -> Status {
        let program = self.program.clone();
        program.enter(|| self.step_inside())
    }

    /// Runs handles until there is something to wait for, or the run has ended; as [`Run::step`] again
    /// and again, but for what it costs to come and go.
    ///
    /// ```
    /// use asyncio::{Run, Status, sleep};
    /// use executor::VirtualClock;
    /// use trace::Trace;
    /// let mut run = Run::new(VirtualClock, Trace::off(), || async { sleep(2.0).await });
    /// assert_eq!(run.go(), Status::Ended); // this clock never waits
    /// ```
    pub fn go(&mut self) -> Status {
        let program = self.program.clone();
        program.enter(|| {
            loop {
                let status = self.step_inside();
                if status != Status::Ran {
                    return status;
                }
                if let Some(seconds) = self.go_on() {
                    return Status::Wait(seconds);
                }
            }
        })
    }

    /// Runs handles as long as there is nothing to look at between them but whether to go on. Says how many
    /// real seconds there are to wait before the next handle, if there are.
    fn go_on(&mut self) -> Option<f64> {
        let event_loop = events::running_loop()?;
        let plain = event_loop.handled_outside().is_none();
        while plain
            && !(event_loop.stopping.get() && self.executor.iteration_ended())
            && !event_loop.get_debug()
            && self.program.overrun.get().is_none()
            && self.budget.saturating_sub(self.handles) > self.executor.happened()
        {
            match self.executor.step() {
                Progress::Ran => {
                    if event_loop.is_left() {
                        event_loop.leave();
                        self.handles += 1;
                        break;
                    }
                    self.executor.held().let_go();
                    self.handles += 1;
                }
                Progress::Wait(seconds) => return Some(seconds),
                Progress::Idle => break,
            }
        }
        None
    }

    fn step_inside(&mut self) -> Status {
        while self.script.is_some() {
            let Some(event_loop) = events::running_loop() else {
                self.poll_script();
                continue;
            };
            if event_loop.stopping.get() && self.executor.iteration_ended() {
                event_loop.stopped();
                continue;
            }
            if self.budget.saturating_sub(self.handles) <= self.executor.happened() {
                self.end(Err(RunError::TooLong { limit: self.budget }));
                continue;
            }
            if let Some(overrun) = self.program.overrun.get() {
                let text = "maximum recursion depth exceeded";
                self.end(Err(match overrun {
                    Overrun::Stack => RunError::Raised(Error::new("RecursionError", text)),
                    Overrun::Circle => RunError::TooLong { limit: self.budget },
                }));
                continue;
            }
            let handled = event_loop.handled_outside();
            let handles = handled.map(|error| handles(&error, true));
            let progress = self.executor.step();
            drop(handles);
            match progress {
                Progress::Ran => {
                    if event_loop.is_left() {
                        event_loop.leave();
                    } else {
                        event_loop.look_for_slow();
                    }
                    self.executor.held().let_go();
                    self.handles += 1;
                    return Status::Ran;
                }
                Progress::Wait(seconds) => return Status::Wait(seconds),
                Progress::Idle => self.end_stuck(),
            }
        }
        self.join()
    }

    /// What CPython does at the end of the main thread: it waits for the others.
    fn join(&mut self) -> Status {
        let Some((_, loops)) = &self.joining else { return Status::Ended };
        match self.executor.step_external() {
            Progress::Ran => return Status::Ran,
            Progress::Wait(seconds) => return Status::Wait(seconds),
            Progress::Idle if loops.iter().any(|event_loop| concurrent::any_busy(event_loop)) => {
                self.end_stuck();
            }
            Progress::Idle => {
                if let Some((result, _)) = self.joining.take() {
                    self.program.run_at_exit();
                    self.free();
                    self.end(result.map_err(RunError::Raised));
                }
            }
        }
        Status::Ended
    }

    /// Lets the synchronous part go on, until it runs a loop or ends.
    fn poll_script(&mut self) {
        let Some(script) = &mut self.script else { return };
        let polled = script.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        match polled {
            Poll::Ready(result) => {
                self.script = None;
                let loops = self.registry.take_closed();
                loops.iter().for_each(concurrent::exit);
                self.joining = Some((result, loops));
            }
            Poll::Pending if events::running_loop().is_none() => {
                let text = "the synchronous part of a program can only await loops and runners";
                self.end(Err(RunError::Raised(Error::new("RuntimeError", text))));
            }
            Poll::Pending => {}
        }
    }

    /// Frees what is left of the program.
    fn free(&self) {
        let pending = pending_tasks(&self.executor.core());
        let told = pending.iter().filter(|task| !task.is_hidden() && task.log_destroyed());
        let told: Vec<_> = told.map(AnyTask::id).collect();
        drop(pending);
        freeing::end(&self.executor, &told, &self.garbage);
    }

    fn end_stuck(&mut self) {
        let blocked = self.executor.blocked();
        self.end(Err(RunError::Stuck(Stuck { blocked })));
    }

    fn end(&mut self, result: std::result::Result<T, RunError>) {
        self.script = None;
        self.joining = None;
        events::set_running_loop(None);
        self.result = Some(result);
    }

    /// How the program ended; `None` while it runs.
    pub fn result(&self) -> Option<std::result::Result<T, RunError>> {
        self.result.clone()
    }

    /// Loop time in seconds.
    pub fn time(&self) -> f64 {
        self.executor.time()
    }

    /// What is ready, in order: what [`Queues`](trace::Queues) makes of the trace.
    pub fn ready(&self) -> Vec<trace::Ready> {
        self.executor.ready()
    }

    /// The timers that are set, with their deadlines in seconds of loop time, in the order in which
    /// they are due: what [`Queues`](trace::Queues) makes of the trace.
    pub fn timers(&self) -> Vec<(f64, trace::HandleId)> {
        self.executor.timers()
    }

    /// The trace that the run emits to.
    pub fn trace(&self) -> Trace {
        self.executor.trace().clone()
    }
}

impl<T> Drop for Run<T> {
    fn drop(&mut self) {
        let (program, script) = (self.program.clone(), self.script.take());
        // What is freed may ask for the program, but has no loop to go on with.
        program.forget_running_loop();
        program.enter(|| drop((script, self.joining.take(), self.registry.take_closed())));
        program.enter(|| self.garbage.collect());
    }
}
