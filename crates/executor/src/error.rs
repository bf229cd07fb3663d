//! Why a run cannot go on.

use std::fmt;
use std::rc::Rc;
use trace::{Cause, TaskId, Whence};

/// A task that waits for something that cannot happen any more.
#[derive(Clone, Debug)]
pub struct BlockedTask {
    /// The task.
    pub task: TaskId,
    /// Its name.
    pub name: Rc<str>,
    /// What it waits for.
    pub cause: Cause,
    /// The line that awaits, if it said so.
    pub at: Option<Whence>,
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

struct Waits<'a>(&'a Cause);

impl fmt::Display for Waits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Cause::NextTurn => write!(f, "the next turn"),
            Cause::Sleep { until } => write!(f, "time {until}"),
            Cause::Future => write!(f, "a future"),
            Cause::Task(task) => write!(f, "task #{}", task.0),
            Cause::Tasks { op, tasks } => write!(f, "{op} of {} tasks", tasks.len()),
            Cause::Resource { id, op } => write!(f, "{op} on resource #{}", id.0),
            Cause::Unknown => write!(f, "something unknown"),
        }
    }
}
