//! Why a run cannot go on.

use std::fmt;
use std::rc::Rc;
use trace::{Caller, TaskId, Wait};

/// A task that waits for something that cannot happen any more.
#[derive(Clone, Debug)]
pub struct BlockedTask {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: Rc<str>,
    /// What it waits for.
    pub cause: Wait,
    /// The line that awaits, if it said so.
    pub at: Option<Caller>,
}

/// Nothing is ready and no timer is set, but tasks are pending: the program can never finish.
#[derive(Clone, Debug)]
pub struct Stuck {
    /// Every task that waits, in the order of creation.
    pub blocked: Vec<BlockedTask>,
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the program can never finish: nothing is ready and no timer is set, but")?;
        for (n, task) in self.blocked.iter().enumerate() {
            write!(
                f,
                "{} {} waits for {}",
                if n == 0 { "" } else { "," },
                task.name,
                Waits(&task.cause)
            )?;
            if let Some(at) = task.at {
                write!(f, " (line {})", at.line())?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Stuck {}

struct Waits<'a>(&'a Wait);

impl fmt::Display for Waits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Wait::NextIteration => write!(f, "the next turn"),
            Wait::Sleep { until } => write!(f, "time {until}"),
            Wait::Future => write!(f, "a future"),
            Wait::Task(task) => write!(f, "task #{}", task.0),
            Wait::Tasks { op, tasks } => write!(f, "{} of {} tasks", op.name(), tasks.len()),
            Wait::Resource { id, op } => write!(f, "{} on resource #{}", op.name(), id.0),
            Wait::Op(op) => f.write_str(op.name()),
            Wait::Unknown => write!(f, "something unknown"),
        }
    }
}
