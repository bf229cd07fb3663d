//! Which tasks there are: `asyncio.current_task` and `asyncio.all_tasks`.

use super::AnyTask;
use crate::base_events::{EventLoop, pending_tasks};
use std::rc::Rc;

/// The task that is running, if one is: `asyncio.current_task()`.
///
/// ```
/// use asyncio::{self, create_task_named, current_task, sleep};
/// let name = asyncio::run(async {
///     create_task_named(async { Ok(current_task().map(|task| task.name())) }, "worker").await
/// });
/// assert_eq!(name.unwrap().as_deref(), Some("worker"));
/// ```
///
/// # Panics
/// Without a running loop.
pub fn current_task() -> Option<AnyTask> {
    EventLoop::running().current().map(AnyTask::from)
}

/// The name of the task that is running, if one is: `current_task().get_name()`.
///
/// # Panics
/// Without a running loop.
pub fn current_task_name() -> Option<Rc<str>> {
    EventLoop::running().current().map(|task| task.name())
}

/// The tasks that are not done, in the order of creation (Python gives a set): `asyncio.all_tasks()`.
///
/// # Panics
/// Without a running loop.
pub fn all_tasks() -> Vec<AnyTask> {
    let event_loop = EventLoop::running();
    let mut tasks = pending_tasks(&event_loop.core);
    tasks.retain(|task| Rc::ptr_eq(task.event_loop(), &event_loop));
    tasks
}
