//! Tasks whose type of result does not matter.

use super::state::TaskNode;
use super::steps::TaskInner;
use super::task::Task;
use crate::base_events::EventLoop;
use crate::contextvars::OwnContext;
use crate::exceptions::{Error, Result};
use crate::futures::{AnyFuture, Future};
use std::any::Any;
use std::rc::Rc;
use trace::TaskId;

/// A task of a result of whatever type: what `current_task()` and `all_tasks()` give.
///
/// ```
/// use asyncio::{self, all_tasks, create_task_named, sleep};
/// let names = asyncio::run(async {
///     create_task_named(async { sleep(1.0).await }, "helper");
///     Ok(all_tasks().iter().map(|task| task.name()).collect::<Vec<_>>())
/// });
/// assert_eq!(names.unwrap().iter().map(|name| &**name).collect::<Vec<_>>(), ["Task-1", "helper"]);
/// ```
#[derive(Clone)]
pub struct AnyTask(pub(super) Rc<dyn TaskNode>);

impl AnyTask {
    /// The task with its result's type, if that is `T`.
    pub fn downcast<T: Clone + 'static>(&self) -> Option<Task<T>> {
        let any: Rc<dyn Any> = self.0.clone();
        let task: Rc<TaskInner<T>> = any.downcast().ok()?;
        Some(Task(Future(task)))
    }

    /// Its name.
    pub fn name(&self) -> Rc<str> {
        self.0.name()
    }

    /// Gives it another name.
    pub fn set_name(&self, name: &str) {
        self.0.set_name(self.0.event_loop(), name);
    }

    /// Its number in the trace.
    pub fn id(&self) -> TaskId {
        self.0.id()
    }

    /// Whether it has ended.
    pub fn done(&self) -> bool {
        self.0.is_done()
    }

    /// Whether it ended cancelled.
    pub fn cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Asks it to cancel itself; see [`Future::cancel`].
    pub fn cancel(&self) -> bool {
        self.0.cancel(None)
    }

    /// The same, with a message for the `CancelledError`.
    pub fn cancel_with(&self, message: &str) -> bool {
        self.0.cancel(Some(message.into()))
    }

    /// Takes one request to cancel back, and says how many are left.
    pub fn uncancel(&self) -> u32 {
        self.0.uncancel()
    }

    /// How many requests to cancel were not taken back.
    pub fn cancelling(&self) -> u32 {
        self.0.cancelling()
    }

    /// The exception that it ended with.
    ///
    /// # Errors
    /// The cancellation, or `InvalidStateError` before it is done.
    pub fn exception(&self) -> Result<Option<Error>> {
        self.0.exception_any()
    }

    pub(crate) fn event_loop(&self) -> &Rc<EventLoop> {
        self.0.event_loop()
    }

    /// What its steps run in.
    pub(crate) fn context(&self) -> &OwnContext {
        &self.0.context
    }

    pub(crate) fn future(&self) -> Rc<dyn AnyFuture> {
        self.0.clone()
    }

    /// Whether it is a task of the loop itself.
    pub(crate) fn is_hidden(&self) -> bool {
        self.0.hidden
    }

    pub(crate) fn log_destroyed(&self) -> bool {
        self.0.log_destroyed.get()
    }
}

impl From<Rc<dyn TaskNode>> for AnyTask {
    fn from(task: Rc<dyn TaskNode>) -> Self {
        AnyTask(task)
    }
}

/// Whether the two are the same task.
impl PartialEq for AnyTask {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0.task_state(), other.0.task_state())
    }
}
