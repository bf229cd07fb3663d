//! `asyncio.Task`: a coroutine that the loop runs.

use super::any_task::AnyTask;
use super::state::TaskState;
use crate::coroutines::{Named, Short};
use crate::exceptions::Result;
use crate::futures::{Await, Future};
use std::future::IntoFuture;
use std::ops::Deref;
use std::rc::Rc;
use trace::TaskId;

/// A coroutine that the loop runs on its own. It is a [`Future`] of the coroutine's result; clones
/// are the same task. Follows `Task` of CPython 3.13 (`Lib/asyncio/tasks.py`).
///
/// ```
/// use asyncio::{self, create_task, sleep};
/// let cancelled = asyncio::run(async {
///     let task = create_task(async { sleep(10.0).await });
///     sleep(1.0).await?;
///     task.cancel();
///     assert!(task.clone().await.unwrap_err().is_cancelled());
///     Ok(task.cancelled())
/// });
/// assert!(cancelled.unwrap());
/// ```
pub struct Task<T>(pub(super) Future<T>);

impl<T: Clone + 'static> Task<T> {
    fn state(&self) -> &TaskState {
        self.0.task().expect("a task is made of a task's future only")
    }

    /// Its name: `get_name()`.
    pub fn name(&self) -> Rc<str> {
        self.state().name()
    }

    /// Gives it another name: `set_name()`.
    pub fn set_name(&self, name: &str) {
        self.state().set_name(&self.0.0.event_loop, name);
    }

    /// Its number in the trace.
    pub fn id(&self) -> TaskId {
        self.state().id()
    }

    /// Takes one request to cancel back, and says how many are left: `uncancel()`.
    pub fn uncancel(&self) -> u32 {
        self.state().uncancel()
    }

    /// How many requests to cancel were not taken back: `cancelling()`.
    pub fn cancelling(&self) -> u32 {
        self.state().cancelling()
    }

    /// The task that a future is, if it is one.
    pub fn of(future: &Future<T>) -> Option<Self> {
        future.task().map(|_| Task(future.clone()))
    }

    /// The task whatever its result's type.
    pub fn any_task(&self) -> AnyTask {
        let task = self.0.any().into_task();
        AnyTask(task.expect("a task is made of a task's future only"))
    }
}

impl<T> Clone for Task<T> {
    fn clone(&self) -> Self {
        Task(self.0.clone())
    }
}

/// Whether the two are the same task.
impl<T> PartialEq for Task<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Short for Task<T> {
    fn short(&self, deep: bool) -> String {
        Named("Task").short(deep)
    }
}

impl<T> Deref for Task<T> {
    type Target = Future<T>;

    fn deref(&self) -> &Future<T> {
        &self.0
    }
}

impl<T> AsRef<Future<T>> for Task<T> {
    fn as_ref(&self) -> &Future<T> {
        &self.0
    }
}

impl<T: Clone + 'static> IntoFuture for Task<T> {
    type Output = Result<T>;
    type IntoFuture = Await<T>;

    #[track_caller]
    fn into_future(self) -> Await<T> {
        self.0.into_future()
    }
}

impl<T: Clone + 'static> IntoFuture for &Task<T> {
    type Output = Result<T>;
    type IntoFuture = Await<T>;

    #[track_caller]
    fn into_future(self) -> Await<T> {
        (&self.0).into_future()
    }
}
