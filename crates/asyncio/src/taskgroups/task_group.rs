//! `asyncio.TaskGroup`.

use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::futures::{AnyFuture, Future, handling};
use crate::locks::take_out;
use crate::tasks::{
    AnyTask, Task, TaskOptions, create_eager_task, create_task, create_task_named, create_task_with,
};
use executor::Handle;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::future::Future as StdFuture;
use std::panic::Location;
use std::rc::Rc;
use trace::{HandleKind, TaskId};

/// Tasks that end together: leaving the group waits for all of them, and when one raises, the others
/// are cancelled, and so is what runs inside the group; what was raised comes out as an
/// `ExceptionGroup`. Clones are the same group. Follows `TaskGroup` of CPython 3.13
/// (`Lib/asyncio/taskgroups.py`), which cancels in any order where this cancels in the order of
/// creation.
///
/// Python's `async with` is [`TaskGroup::scope`], or [`TaskGroup::enter`] and [`TaskGroup::exit`].
///
/// ```
/// use asyncio::{self, Error, TaskGroup, sleep, time};
/// let time = asyncio::run(async {
///     let failed = TaskGroup::scope(|group| async move {
///         group.create_task(async { sleep(9.0).await })?;
///         group.create_task(async {
///             sleep(1.0).await?;
///             Err::<(), _>(Error::new("ValueError", "bad item"))
///         })?;
///         Ok(())
///     })
///     .await
///     .unwrap_err();
///     assert_eq!(failed.to_string(), "unhandled errors in a TaskGroup (1 sub-exception)");
///     assert!(failed.members()[0].is("ValueError"));
///     Ok(time())
/// });
/// assert_eq!(time.unwrap(), 1.0);
/// ```
#[derive(Clone, Default)]
pub struct TaskGroup(pub(super) Rc<GroupState>);

#[derive(Default)]
pub(super) struct GroupState {
    pub(super) entered: OnceCell<Entered>,
    pub(super) exiting: Cell<bool>,
    pub(super) aborting: Cell<bool>,
    /// Whether a failed child has had the parent cancelled.
    pub(super) parent_cancel_requested: Cell<bool>,
    /// The children that are not known to be done, in the order of creation.
    /// In the order in which they joined: an eager task does so after those that it has made.
    pub(super) tasks: RefCell<VecDeque<(TaskId, Rc<dyn AnyFuture>)>>,
    /// What was raised, in that order.
    pub(super) errors: RefCell<Vec<Error>>,
    /// `SystemExit` or `KeyboardInterrupt`, which come out alone.
    pub(super) base_error: RefCell<Option<Error>>,
    /// A handle that holds the group, until the loop frees what its handles hold.
    pub(super) stays: RefCell<Option<Handle>>,
    /// What leaving waits for.
    pub(super) completed: RefCell<Option<Future<()>>>,
}

pub(super) struct Entered {
    pub(super) event_loop: Rc<EventLoop>,
    /// Kept as long as the group is, as in CPython.
    pub(super) parent: AnyTask,
}

impl TaskGroup {
    /// A group that is not entered yet.
    pub fn new() -> Self {
        TaskGroup::default()
    }

    /// Runs `body` inside a new group, and waits for the group's tasks: `async with TaskGroup()`.
    ///
    /// # Errors
    /// As [`TaskGroup::enter`] and [`TaskGroup::exit`].
    #[track_caller]
    pub fn scope<T, F>(body: impl FnOnce(TaskGroup) -> F) -> impl StdFuture<Output = Result<T>>
    where
        F: StdFuture<Output = Result<T>>,
    {
        let at = Location::caller();
        async move {
            let group = TaskGroup::new();
            group.enter()?;
            let left_early = super::ending::LeftEarly(&group);
            let result = body(group.clone()).await;
            let raised = result.as_ref().err().cloned();
            let leaving = left_early.0.leave(result, at);
            match raised {
                Some(error) => handling(&error, leaving).await,
                None => leaving.await,
            }
        }
    }

    /// Begins it, with the running task as the parent: `__aenter__`.
    ///
    /// # Errors
    /// `RuntimeError` outside a task, or when it was entered before.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn enter(&self) -> Result {
        let entered = &self.0.entered;
        if entered.get().is_some() {
            return Err(self.refusal("has already been entered"));
        }
        let event_loop = EventLoop::running();
        let parent = event_loop.current_task();
        let parent = parent.ok_or_else(|| self.refusal("cannot determine the parent task"))?;
        entered.get_or_init(|| Entered { event_loop, parent });
        Ok(())
    }

    /// Ends it, with what the code inside came to, once all tasks are done: `__aexit__`. Awaiting it
    /// gives what goes on outside. What the code raised is [being handled](crate::finishing) meanwhile.
    ///
    /// # Errors
    /// An `ExceptionGroup` of what tasks have raised, in that order, and the code inside after them;
    /// or the cancellation.
    #[track_caller]
    pub fn exit<T: 'static>(&self, result: Result<T>) -> Coro<T> {
        let at = Location::caller();
        let group = self.clone();
        Coro::new("TaskGroup.__aexit__", async move { group.leave(result, at).await })
    }

    /// Starts a task in it.
    ///
    /// # Errors
    /// `RuntimeError` before it is entered, after it has ended, and while it is cancelling its tasks;
    /// the coroutine is closed then. `SystemExit` or `KeyboardInterrupt` that a task which starts eagerly raises.
    pub fn create_task<T, F>(&self, coroutine: F) -> Result<Task<T>>
    where
        T: Clone + 'static,
        F: StdFuture<Output = Result<T>> + 'static,
    {
        let coroutine = self.admit(coroutine)?;
        self.adopt(create_task(coroutine))
    }

    /// Starts a task with a name in it: `group.create_task(coroutine, name=name)`.
    ///
    /// # Errors
    /// As [`TaskGroup::create_task`].
    pub fn create_task_named<T, F>(&self, coroutine: F, name: impl AsRef<str>) -> Result<Task<T>>
    where
        T: Clone + 'static,
        F: StdFuture<Output = Result<T>> + 'static,
    {
        let coroutine = self.admit(coroutine)?;
        self.adopt(create_task_named(coroutine, name))
    }

    /// Starts a task in it: `group.create_task(coroutine, name=name, context=context)`.
    ///
    /// # Errors
    /// As [`TaskGroup::create_task`].
    pub fn create_task_with<T, F>(&self, coroutine: F, options: TaskOptions) -> Result<Task<T>>
    where
        T: Clone + 'static,
        F: StdFuture<Output = Result<T>> + 'static,
    {
        let coroutine = self.admit(coroutine)?;
        self.adopt(create_task_with(coroutine, options))
    }

    /// Starts a task in it eagerly; see [`create_eager_task`](crate::create_eager_task).
    ///
    /// # Errors
    /// As [`TaskGroup::create_task`].
    pub fn create_eager_task<T, F>(&self, coroutine: F, name: Option<&str>) -> Result<Task<T>>
    where
        T: Clone + 'static,
        F: StdFuture<Output = Result<T>> + 'static,
    {
        let coroutine = self.admit(coroutine)?;
        self.adopt(create_eager_task(coroutine, name))
    }

    /// Whether [`TaskGroup::create_task`] would start a task now.
    ///
    /// # Errors
    /// The `RuntimeError` that it would raise.
    pub fn accepts(&self) -> Result {
        let GroupState { entered, exiting, tasks, aborting, .. } = &*self.0;
        let why = if entered.get().is_none() {
            "has not been entered"
        } else if exiting.get() && tasks.borrow().is_empty() {
            "is finished"
        } else if aborting.get() {
            "is shutting down"
        } else {
            return Ok(());
        };
        Err(self.refusal(why))
    }

    fn admit<T, F>(&self, coroutine: F) -> Result<Coro<T>>
    where
        T: 'static,
        F: StdFuture<Output = Result<T>> + 'static,
    {
        let coroutine = Coro::of(coroutine);
        match self.accepts() {
            Ok(()) => Ok(coroutine),
            Err(refusal) => {
                coroutine.close()?;
                Err(refusal)
            }
        }
    }

    /// Takes in a task, unless making it has raised what leaves the loop.
    fn adopt<T: Clone + 'static>(&self, task: Task<T>) -> Result<Task<T>> {
        if let Some(error) = EventLoop::running().take_left_by() {
            return Err(error);
        }
        if task.done() {
            self.child_done(&task);
        } else {
            self.0.tasks.borrow_mut().push_back((task.id(), task.any()));
            let (group, id) = (self.clone(), task.id());
            task.when_done(HandleKind::Internal, move |task| {
                take_out(&mut group.0.tasks.borrow_mut(), |(other, _)| *other == id);
                group.child_done(task);
            });
        }
        Ok(task)
    }

    fn refusal(&self, why: &str) -> Error {
        Error::new("RuntimeError", format!("TaskGroup {} {why}", self.repr()))
    }

    /// What Python's `repr()` gives for it.
    pub fn repr(&self) -> String {
        let GroupState { entered, aborting, tasks, errors, .. } = &*self.0;
        let mut repr = "<TaskGroup".to_owned();
        for (name, count) in [("tasks", tasks.borrow().len()), ("errors", errors.borrow().len())] {
            if count > 0 {
                repr += &format!(" {name}={count}");
            }
        }
        if aborting.get() {
            repr += " cancelling";
        } else if entered.get().is_some() {
            repr += " entered";
        }
        repr + ">"
    }
}

impl fmt::Debug for TaskGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr())
    }
}

/// Whether the two are the same group.
impl PartialEq for TaskGroup {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
