//! Tasks, and what waits for several: `Lib/asyncio/tasks.py`.

mod any_task;
mod as_completed;
mod awaitable;
mod bad_yield;
mod create;
mod current;
mod gather;
mod shield;
mod sleep;
mod state;
mod steps;
mod task;
mod wait;
mod wait_for;

pub use any_task::AnyTask;
pub use as_completed::{AsCompleted, as_completed};
pub use awaitable::{Awaitable, ensure_future};
pub use bad_yield::{BadYield, bad_yield};
pub use create::{
    TaskOptions, create_eager_task, create_task, create_task_named, create_task_with,
};
pub use current::{all_tasks, current_task, current_task_name};
pub use gather::{gather, gather_return_exceptions, gather_with};
pub use shield::shield;
pub use sleep::{Sleep, sleep};
pub use task::Task;
pub use wait::{ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, ReturnWhen, Wait, wait};
pub use wait_for::wait_for;

pub(crate) use create::{spawn, spawn_hidden, spawn_in};
pub(crate) use sleep::sleep_at;
pub(crate) use state::{TaskNode, TaskState};
