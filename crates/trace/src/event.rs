//! The events of a trace.

use std::panic::Location;
use std::rc::Rc;

/// A task of one run, numbered from 0 in the order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u32);

/// A shared resource of one run, numbered from 0 in the order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub u32);

/// Where in the program something stands: the line that awaits.
pub type Whence = &'static Location<'static>;

/// On whose account something happens: the handle that is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A step of this task, or a callback that a step of it scheduled.
    Task(TaskId),
    /// A timer that came due.
    Timer,
    /// Nothing in the run: its driver, before or after it.
    Outside,
}

/// What a suspended task waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// The next turn of the loop, nothing else.
    NextTurn,
    /// Loop time `until`, in seconds.
    Sleep {
        /// The deadline.
        until: f64,
    },
    /// A future that somebody has to complete.
    Future,
    /// The end of another task.
    Task(TaskId),
    /// Several tasks at once, by the operation `op` ("gather", "wait").
    Tasks {
        /// The operation's name.
        op: &'static str,
        /// The tasks, in the order given.
        tasks: Rc<[TaskId]>,
    },
    /// A resource, in the operation `op` ("acquire", "get", "put", "join").
    Resource {
        /// The resource.
        id: ResourceId,
        /// The operation's name.
        op: &'static str,
    },
    /// Something that did not say what it is: a future of another library.
    Unknown,
}

/// How a task ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It returned.
    Done,
    /// It raised: the exception as `Type: message`.
    Failed(Rc<str>),
    /// It was cancelled.
    Cancelled,
}

/// What sort of thing a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    /// Permits to take and return: a semaphore.
    Permits {
        /// How many there are to begin with.
        limit: usize,
    },
    /// A queue of items.
    Queue {
        /// Most items it holds; `None` without a bound.
        bound: Option<usize>,
    },
    /// A flag to wait for.
    Flag,
    /// A lock: one permit.
    Lock,
    /// A condition: tasks wait until notified.
    Condition,
    /// A barrier: tasks wait until enough have come.
    Barrier {
        /// How many have to come.
        parties: usize,
    },
    /// A pool of threads or processes beside the loop.
    Pool {
        /// How many jobs it runs at a time.
        workers: usize,
        /// Whether the workers are processes.
        processes: bool,
    },
    /// One direction of a connection in the simulated network.
    Link {
        /// Whether it leads from the side that connected to the side that accepted.
        outward: bool,
    },
    /// Somebody who accepts connections.
    Server {
        /// The port.
        port: u16,
    },
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Loop time in seconds.
    pub time: f64,
    /// Place in the record, from 0; orders events of equal time.
    pub seq: u32,
    /// What happened.
    pub kind: EventKind,
}

/// What may happen.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// A task came to be and entered the ready queue.
    TaskCreated {
        /// The new task.
        task: TaskId,
        /// The task whose step created it.
        parent: Option<TaskId>,
        /// Its name.
        name: Rc<str>,
    },
    /// The loop began a step of a task.
    StepBegan {
        /// The task.
        task: TaskId,
        /// Real seconds by which the step was later than the clock asked for.
        drift: f64,
    },
    /// The step ended: the task is suspended or finished.
    StepEnded {
        /// The task.
        task: TaskId,
    },
    /// The task gave up control until something happens.
    Suspended {
        /// The task.
        task: TaskId,
        /// What it waits for.
        cause: Cause,
        /// The line that awaits, if it said so.
        at: Option<Whence>,
        /// Deadline of the nearest timeout around the wait, in seconds of loop time.
        until: Option<f64>,
    },
    /// A suspended task entered the ready queue.
    Woken {
        /// The task.
        task: TaskId,
        /// On whose account.
        by: Source,
    },
    /// Somebody asked the task to cancel itself.
    CancelRequested {
        /// The task.
        task: TaskId,
        /// Who asked.
        by: Source,
    },
    /// The task ended.
    Finished {
        /// The task.
        task: TaskId,
        /// How.
        outcome: Outcome,
    },
    /// Work held the loop: nothing else could run for `seconds` from this event's time on.
    Blocked {
        /// Whose step held it, if it was a task's.
        task: Option<TaskId>,
        /// For how long, in seconds of loop time.
        seconds: f64,
    },
    /// A resource came to be.
    ResourceCreated {
        /// The new resource.
        id: ResourceId,
        /// Its sort and bounds.
        kind: ResourceKind,
    },
    /// A permit was handed to a task.
    PermitTaken {
        /// The resource.
        id: ResourceId,
        /// Who holds the permit now.
        holder: Option<TaskId>,
        /// Permits left.
        free: usize,
        /// Tasks that still wait for one.
        waiting: usize,
    },
    /// A permit was given back.
    PermitReturned {
        /// The resource.
        id: ResourceId,
        /// Who gave it back.
        holder: Option<TaskId>,
        /// Permits left.
        free: usize,
        /// Tasks that wait for one.
        waiting: usize,
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
    /// A job of a pool ended; or was cancelled before a worker began it, then there is no worker.
    JobEnded {
        /// The pool.
        id: ResourceId,
        /// The job.
        job: u32,
        /// The worker, from 0.
        worker: Option<usize>,
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
        /// When they arrive, in seconds of loop time.
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
    /// A task got another name.
    Renamed {
        /// The task.
        task: TaskId,
        /// The name.
        name: Rc<str>,
    },
    /// Something was logged: what CPython logs as an error or shows as a warning.
    Logged {
        /// During a step of which task, if of one.
        task: Option<TaskId>,
        /// What was logged, without exception and traceback.
        message: Rc<str>,
        /// The task that it is about.
        about: Option<TaskId>,
        /// The exception that it is about, as `Type: message`.
        error: Option<Rc<str>>,
    },
    /// A loop was closed; what is logged after that comes of what it leaves behind.
    LoopClosed,
    /// A line was printed.
    Printed {
        /// By which task, if by one.
        task: Option<TaskId>,
        /// The line, without its end.
        text: Rc<str>,
    },
}
