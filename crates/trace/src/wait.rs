//! What a suspended task waits for.

use crate::{ResourceId, TaskId};
use std::rc::Rc;

/// What a suspended task waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wait {
    /// The next iteration of the loop, nothing else.
    NextIteration,
    /// Loop time `until`, in seconds.
    Sleep {
        /// The deadline.
        until: f64,
    },
    /// A future that somebody has to complete.
    Future,
    /// The end of another task.
    Task(TaskId),
    /// Several tasks at once.
    Tasks {
        /// The operation.
        op: GroupOp,
        /// The tasks, in the order given.
        tasks: Rc<Vec<TaskId>>,
    },
    /// A resource.
    Resource {
        /// The resource.
        id: ResourceId,
        /// What is waited for in it.
        op: Op,
    },
    /// An operation on something that is no resource of the trace: a connection that is not there yet.
    Op(Op),
    /// Something that did not say what it is: a future of another library.
    Unknown,
}

impl Wait {
    /// Several tasks at once; without any it is something that is no task.
    pub fn on_tasks(op: GroupOp, tasks: impl IntoIterator<Item = TaskId>) -> Self {
        let tasks: Vec<TaskId> = tasks.into_iter().collect();
        if tasks.is_empty() { Wait::Future } else { Wait::Tasks { op, tasks: Rc::new(tasks) } }
    }
}

macro_rules! named {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $of:literal])+ $variant:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[doc = $of])+ $variant,)+ }

        impl $name {
            /// All there are.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// Its name: in trace files, and where asyncio has one in asyncio.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// The one of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|op| op.name() == name).copied()
            }
        }
    };
}
pub(crate) use named;

named! {
    /// An operation that waits for tasks.
    GroupOp {
        /// `asyncio.gather`.
        Gather = "gather",
        /// `asyncio.wait`.
        Wait = "wait",
        /// `asyncio.shield`.
        Shield = "shield",
        /// `asyncio.as_completed`.
        AsCompleted = "as_completed",
        /// Leaving an `asyncio.TaskGroup`.
        TaskGroup = "TaskGroup",
        /// Something of which this version does not know.
        Other = "other",
    }
}

named! {
    /// An operation that waits for a resource.
    Op {
        /// A permit: `acquire` of locks and semaphores.
        Acquire = "acquire",
        /// An item of a queue.
        Get = "get",
        /// Room in a queue.
        Put = "put",
        /// The last item of a queue, declared done; the end of a thread.
        Join = "join",
        /// A flag, a condition, the other parties of a barrier.
        Wait = "wait",
        /// A job given away by `asyncio.to_thread`.
        ToThread = "to_thread",
        /// A job given away by `loop.run_in_executor`.
        RunInExecutor = "run_in_executor",
        /// A job given away by the pool's `submit`.
        Submit = "submit",
        /// The end of a pool.
        Shutdown = "shutdown",
        /// Some bytes.
        Read = "read",
        /// A line.
        ReadLine = "readline",
        /// A number of bytes.
        ReadExactly = "readexactly",
        /// Bytes up to a separator.
        ReadUntil = "readuntil",
        /// Room in what is sent.
        Drain = "drain",
        /// The end of a connection or a server.
        WaitClosed = "wait_closed",
        /// A server, for ever.
        ServeForever = "serve_forever",
        /// A connection that somebody else opens.
        Accept = "accept",
        /// A connection that is being opened.
        Connect = "connect",
        /// Something of which this version does not know.
        Other = "other",
    }
}
