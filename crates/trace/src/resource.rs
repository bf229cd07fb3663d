//! What tasks share.

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
    /// One direction of a connection.
    Link {
        /// Whether it leads from the side that connected to the side that accepted.
        outward: bool,
    },
    /// Somebody who accepts connections.
    Server {
        /// The port.
        port: u16,
    },
    /// A number that tasks read and write: an attribute, a global.
    Value,
    /// Something of which this version does not know.
    Other,
}

impl ResourceKind {
    /// What such a thing is called.
    pub fn noun(self) -> &'static str {
        match self {
            ResourceKind::Permits { .. } => "semaphore",
            ResourceKind::Queue { .. } => "queue",
            ResourceKind::Flag => "event",
            ResourceKind::Lock => "lock",
            ResourceKind::Condition => "condition",
            ResourceKind::Barrier { .. } => "barrier",
            ResourceKind::Pool { processes: false, .. } => "thread pool",
            ResourceKind::Pool { processes: true, .. } => "process pool",
            ResourceKind::Link { .. } => "connection",
            ResourceKind::Server { .. } => "server",
            ResourceKind::Value => "value",
            ResourceKind::Other => "resource",
        }
    }
}
