//! Tasks whose type of result does not matter.

use super::state::TaskState;
use super::task::Task;
use crate::base_events::EventLoop;
use crate::contextvars::OwnContext;
use crate::exceptions::{Error, Result};
use crate::futures::{AnyFuture, Future};
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
pub struct AnyTask {
    pub(super) state: Rc<TaskState>,
    pub(super) future: Rc<dyn AnyFuture>,
}

impl AnyTask {
    pub(crate) fn of(state: &Rc<TaskState>) -> Option<Self> {
        let future = state.future.get()?.upgrade()?;
        Some(AnyTask { state: state.clone(), future })
    }

    /// The task with its result's type, if that is `T`.
    pub fn downcast<T: Clone + 'static>(&self) -> Option<Task<T>> {
        let future = self.future.clone().as_any().downcast().ok()?;
        Some(Task(Future(future), self.state.clone()))
    }

    /// Its name.
    pub fn name(&self) -> Rc<str> {
        self.state.name()
    }

    /// Gives it another name.
    pub fn set_name(&self, name: &str) {
        self.state.set_name(name);
    }

    /// Its number in the trace.
    pub fn id(&self) -> TaskId {
        self.state.id()
    }

    /// Whether it has ended.
    pub fn done(&self) -> bool {
        self.future.is_done()
    }

    /// Whether it ended cancelled.
    pub fn cancelled(&self) -> bool {
        self.future.is_cancelled()
    }

    /// Asks it to cancel itself; see [`Future::cancel`].
    pub fn cancel(&self) -> bool {
        self.future.cancel(None)
    }

    /// The same, with a message for the `CancelledError`.
    pub fn cancel_with(&self, message: &str) -> bool {
        self.future.cancel(Some(message.into()))
    }

    /// Takes one request to cancel back, and says how many are left.
    pub fn uncancel(&self) -> u32 {
        self.state.uncancel()
    }

    /// How many requests to cancel were not taken back.
    pub fn cancelling(&self) -> u32 {
        self.state.cancelling()
    }

    /// The exception that it ended with.
    ///
    /// # Errors
    /// The cancellation, or `InvalidStateError` before it is done.
    pub fn exception(&self) -> Result<Option<Error>> {
        self.future.exception_any()
    }

    pub(crate) fn event_loop(&self) -> &Rc<EventLoop> {
        &self.state.event_loop
    }

    /// What its steps run in.
    pub(crate) fn context(&self) -> &OwnContext {
        &self.state.context
    }

    pub(crate) fn future(&self) -> &Rc<dyn AnyFuture> {
        &self.future
    }

    /// Whether it is a task of the loop itself.
    pub(crate) fn is_hidden(&self) -> bool {
        self.state.hidden
    }

    pub(crate) fn log_destroyed(&self) -> bool {
        self.state.log_destroyed.get()
    }
}

/// Whether the two are the same task.
impl PartialEq for AnyTask {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}
