//! The events of a trace.

use crate::wait::named;
use crate::{HandleId, LoopId, ResourceId, ResourceKind, Site, TaskId, TimeoutId, Wait};
use std::fmt;
use std::rc::Rc;

/// On whose account something happens: what is running.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Actor {
    /// A step of this task, or a callback that a step of it scheduled.
    Task(TaskId),
    /// A timer that came due.
    Timer(HandleId),
    /// A timeout that came due.
    Timeout(TimeoutId),
    /// The network: something came that a socket waited for.
    Network,
    /// Nothing in the loop: another thread, or its driver before or after the run.
    #[default]
    Outside,
}

/// How a task or a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It returned.
    Done,
    /// It raised: the exception as `Type: message`.
    Failed(Rc<Box<str>>),
    /// It was cancelled.
    Cancelled,
}

impl Outcome {
    /// An end by an exception, which is given as `Type: message`.
    pub fn failed(exception: impl Into<Box<str>>) -> Self {
        Outcome::Failed(Rc::new(exception.into()))
    }
}

named! {
    /// What a callback of the loop is.
    HandleKind {
        /// The program's own: `call_soon`, `call_later`, `call_at`.
        Callback = "callback",
        /// The program's own, of a future: `add_done_callback`.
        DoneCallback = "done_callback",
        /// The end of a sleep.
        Sleep = "sleep",
        /// The end of a timeout's time.
        Timeout = "timeout",
        /// Something that a socket waited for.
        Network = "network",
        /// Anything else that asyncio does by a callback.
        Internal = "internal",
    }
}

/// What a task runs: a coroutine function, as it was called.
#[derive(Clone, Debug, PartialEq)]
pub struct Coroutine {
    /// The name of the function.
    pub function: Rc<str>,
    /// What it was called with, as short texts with commas between; `None` where that is not known.
    pub arguments: Option<Rc<str>>,
    /// Where the function is.
    pub at: Option<Site>,
}

impl Coroutine {
    /// One of which only the function is known.
    pub fn of(function: impl Into<Rc<str>>) -> Self {
        Coroutine { function: function.into(), arguments: None, at: None }
    }
}

/// As a call is written: `fetch(0, 1.2)`, or `fetch(…)` where it is not known what it was called with.
impl fmt::Display for Coroutine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.function, self.arguments.as_deref().unwrap_or("…"))
    }
}

/// Something logged: what CPython logs as an error or shows as a warning.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// What was logged, without exception and traceback.
    pub message: Rc<str>,
    /// The task that it is about.
    pub about: Option<TaskId>,
    /// The exception that it is about, as `Type: message`.
    pub error: Option<Rc<str>>,
    /// Whether it came of what was freed when the program was over: at no moment, and in no order.
    pub late: bool,
}

impl EventKind {
    /// The event of something logged.
    pub fn logged(
        task: Option<TaskId>,
        message: &str,
        about: Option<TaskId>,
        error: Option<Rc<str>>,
    ) -> Self {
        EventKind::Logged {
            task,
            log: Rc::new(Log { message: message.into(), about, error, late: false }),
        }
    }
}

/// One thing that happened. Its place in the record orders it among events of equal time.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Loop time in seconds.
    pub time: f64,
    /// What happened.
    pub kind: EventKind,
}

/// What may happen.
///
/// A step of a task ends with [`Suspended`](EventKind::Suspended) or [`Finished`](EventKind::Finished):
/// what its end sets off comes right after it. A task created inside another's step that is not in the
/// ready queue (`eager`) has its first step inside that step.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// A loop runs from here on; what follows is its doing, until another does.
    LoopRuns {
        /// The loop.
        id: LoopId,
    },
    /// The loop began another iteration: what is ready now runs in it, and nothing else.
    IterationBegan {
        /// Its number, from 1.
        number: u64,
    },
    /// A loop was closed: it forgets what was ready and its timers. What is logged after that comes of
    /// what it leaves behind.
    LoopClosed,
    /// Work held the loop: nothing else could run for `seconds` from this event's time on.
    Blocked {
        /// Whose step held it, if it was a task's.
        task: Option<TaskId>,
        /// For how long, in seconds of loop time.
        seconds: f64,
    },

    /// A callback entered the ready queue.
    HandleScheduled {
        /// The callback.
        handle: HandleId,
        /// What it is.
        kind: HandleKind,
        /// Who scheduled it.
        by: Actor,
    },
    /// A timer was set.
    TimerSet {
        /// The callback that it will schedule.
        handle: HandleId,
        /// What that is.
        kind: HandleKind,
        /// Who set it.
        by: Actor,
        /// When it is due, in seconds of loop time.
        due: f64,
    },
    /// A timer was due, and its callback entered the ready queue.
    TimerFired {
        /// The callback.
        handle: HandleId,
    },
    /// A callback that was ready, or whose timer was set, will not run.
    HandleCancelled {
        /// The callback.
        handle: HandleId,
    },
    /// The loop began to run a callback.
    HandleBegan {
        /// The callback.
        handle: HandleId,
    },
    /// The callback returned. Not told where that was at the time at which it began.
    HandleEnded {
        /// The callback.
        handle: HandleId,
    },

    /// A task came to be, and entered the ready queue unless it is eager.
    TaskCreated {
        /// The new task.
        task: TaskId,
        /// The task whose step created it.
        parent: Option<TaskId>,
        /// Its name.
        name: Rc<str>,
        /// Whether its first step runs at once.
        eager: bool,
    },
    /// A task that was just created runs this.
    Runs {
        /// The task.
        task: TaskId,
        /// What it runs.
        coroutine: Rc<Coroutine>,
    },
    /// A task got another name.
    Renamed {
        /// The task.
        task: TaskId,
        /// The name.
        name: Rc<str>,
    },
    /// The loop began a step of a task.
    StepBegan {
        /// The task.
        task: TaskId,
        /// Real seconds by which the step was later than the clock asked for.
        drift: f64,
    },
    /// The task gave up control until something happens, and its step ended.
    Suspended {
        /// The task.
        task: TaskId,
        /// What it waits for.
        wait: Wait,
        /// The line that awaits, if it said so.
        at: Option<Site>,
    },
    /// A suspended task entered the ready queue.
    Woken {
        /// The task.
        task: TaskId,
        /// On whose account.
        by: Actor,
    },
    /// Somebody asked the task to cancel itself.
    CancelRequested {
        /// The task.
        task: TaskId,
        /// Who asked.
        by: Actor,
    },
    /// The task ended, and its last step with it.
    Finished {
        /// The task.
        task: TaskId,
        /// How.
        outcome: Outcome,
    },

    /// A task entered a timeout.
    TimeoutEntered {
        /// The timeout.
        timeout: TimeoutId,
        /// The task.
        task: TaskId,
        /// When it is due, in seconds of loop time; `None` for never.
        due: Option<f64>,
    },
    /// A timeout that was entered got another deadline.
    TimeoutRescheduled {
        /// The timeout.
        timeout: TimeoutId,
        /// When it is due, in seconds of loop time; `None` for never.
        due: Option<f64>,
    },
    /// A timeout came due, and asks its task to cancel itself.
    TimeoutExpired {
        /// The timeout.
        timeout: TimeoutId,
    },
    /// The task left the timeout.
    TimeoutLeft {
        /// The timeout.
        timeout: TimeoutId,
    },

    /// A resource came to be.
    ResourceCreated {
        /// The new resource.
        id: ResourceId,
        /// Its sort and bounds.
        kind: ResourceKind,
    },
    /// What the program calls a resource became known.
    ResourceNamed {
        /// The resource.
        id: ResourceId,
        /// Its name.
        name: Rc<str>,
    },
    /// A permit was handed to a task.
    PermitTaken {
        /// The resource.
        id: ResourceId,
        /// Who holds the permit now.
        holder: Option<TaskId>,
        /// Permits left.
        free: usize,
    },
    /// A permit was given back.
    PermitReturned {
        /// The resource.
        id: ResourceId,
        /// Who gave it back.
        holder: Option<TaskId>,
        /// Permits left.
        free: usize,
    },
    /// An item entered a queue.
    QueuePut {
        /// The queue.
        id: ResourceId,
        /// Who put it.
        task: Option<TaskId>,
        /// Items in the queue afterwards.
        depth: usize,
    },
    /// An item left a queue.
    QueueGot {
        /// The queue.
        id: ResourceId,
        /// Who took it.
        task: Option<TaskId>,
        /// Items in the queue afterwards.
        depth: usize,
    },
    /// An item taken from a queue was declared done.
    QueueTaskDone {
        /// The queue.
        id: ResourceId,
        /// Who declared it.
        task: Option<TaskId>,
        /// Items put and not yet declared done.
        unfinished: usize,
    },
    /// A queue was shut down.
    QueueShutDown {
        /// The queue.
        id: ResourceId,
        /// Who shut it down.
        task: Option<TaskId>,
        /// Whether the items in it were dropped.
        immediate: bool,
    },
    /// A flag was set, which it was not before.
    FlagSet {
        /// The flag.
        id: ResourceId,
        /// By which task, if by one.
        task: Option<TaskId>,
    },
    /// A flag was cleared, which was set before.
    FlagCleared {
        /// The flag.
        id: ResourceId,
        /// By which task, if by one.
        task: Option<TaskId>,
    },
    /// Tasks that wait on a condition were notified.
    Notified {
        /// The condition.
        id: ResourceId,
        /// By which task, if by one.
        task: Option<TaskId>,
        /// How many.
        count: usize,
    },
    /// A task came to a barrier, left it, broke it or reset it.
    BarrierChanged {
        /// The barrier.
        id: ResourceId,
        /// Which task, if one.
        task: Option<TaskId>,
        /// How many tasks are at it now.
        waiting: usize,
        /// Whether it is broken now.
        broken: bool,
    },
    /// A job was handed to a pool.
    JobQueued {
        /// The pool.
        id: ResourceId,
        /// The job, numbered from 0 in the pool.
        job: u32,
        /// Who handed it over.
        task: Option<TaskId>,
    },
    /// A worker of a pool began a job.
    JobBegan {
        /// The pool.
        id: ResourceId,
        /// The job.
        job: u32,
        /// The worker, from 0.
        worker: usize,
    },
    /// A job of a pool ended; or was cancelled before a worker began it.
    JobEnded {
        /// The pool.
        id: ResourceId,
        /// The job.
        job: u32,
        /// How it ended.
        outcome: Outcome,
    },
    /// Bytes were sent into a link, arriving later unless the connection ends before.
    BytesSent {
        /// The link.
        id: ResourceId,
        /// Who sent them, if a task.
        task: Option<TaskId>,
        /// How many.
        bytes: usize,
        /// When they arrive, in seconds of loop time; not a number where that is not known.
        arrival: f64,
    },
    /// Bytes arrived at the other end of a link.
    BytesArrived {
        /// The link.
        id: ResourceId,
        /// How many.
        bytes: usize,
    },
    /// A link carries nothing more.
    LinkClosed {
        /// The link.
        id: ResourceId,
    },

    /// A value that tasks share was read.
    ValueRead {
        /// The value.
        id: ResourceId,
        /// By which task, if by one.
        task: Option<TaskId>,
        /// What it was.
        value: f64,
    },
    /// A value that tasks share was written.
    ValueWritten {
        /// The value.
        id: ResourceId,
        /// By which task, if by one.
        task: Option<TaskId>,
        /// What it is from now on.
        value: f64,
    },

    /// A line was printed.
    Printed {
        /// By which task, if by one.
        task: Option<TaskId>,
        /// The line, without its end.
        text: Rc<str>,
    },
    /// Something was logged.
    Logged {
        /// During a step of which task, if of one.
        task: Option<TaskId>,
        /// What.
        log: Rc<Log>,
    },

    /// Something of which this version does not know, as the trace file has it: a line of JSON.
    Unknown(Rc<str>),
}
