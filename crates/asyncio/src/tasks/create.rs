//! Making tasks: `asyncio.create_task` and what the loop does itself.

use super::state::{TaskNode, TaskState};
use super::steps::TaskInner;
use super::task::Task;
use crate::base_events::EventLoop;
use crate::contextvars::{Context, OwnContext};
use crate::coroutines::Coro;
use crate::exceptions::Result;
use crate::futures::{AnyFuture, Future};
use std::future::Future as StdFuture;
use std::rc::Rc;
use trace::Name;

/// Starts a task: `asyncio.create_task`. It runs from the next iteration of the loop on.
///
/// # Panics
/// Without a running loop.
pub fn create_task<T, F>(coroutine: F) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    EventLoop::running().create_task(coroutine)
}

/// Starts a task with a name: `asyncio.create_task(coroutine, name=name)`.
///
/// # Panics
/// Without a running loop.
pub fn create_task_named<T, F>(coroutine: F, name: impl AsRef<str>) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    let event_loop = EventLoop::running();
    let context = OwnContext::copied();
    spawn(&event_loop, Coro::of(coroutine), Some(name.as_ref()), event_loop.eager(), context)
}

/// What `asyncio.create_task` takes besides the coroutine.
#[derive(Clone, Default)]
pub struct TaskOptions {
    /// `name=name`: what it is called instead of `Task-N`.
    pub name: Option<Rc<str>>,
    /// `context=context`: what it runs in instead of a copy of what runs now. Others may run in it too, one
    /// at a time: it must not run now if the task starts eagerly.
    pub context: Option<Context>,
    /// Whether it starts eagerly, as by [`create_eager_task`], even if tasks of the loop do not.
    pub eager: bool,
}

/// Starts a task: `asyncio.create_task(coroutine, name=name, context=context)`.
///
/// ```
/// use asyncio::{self, ContextVar, TaskOptions, copy_context, create_task_with};
/// let seen = asyncio::run(async {
///     let user = ContextVar::new("user");
///     let context = copy_context();
///     let (inside, options) = (user.clone(), TaskOptions::default());
///     let options = TaskOptions { context: Some(context.clone()), ..options };
///     create_task_with(async move { Ok(drop(inside.set("ann"))) }, options).await?;
///     context.run(|| user.get())?
/// });
/// assert_eq!(seen.unwrap(), "ann");
/// ```
///
/// # Panics
/// Without a running loop.
pub fn create_task_with<T, F>(coroutine: F, options: TaskOptions) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    let event_loop = EventLoop::running();
    let context = options.context.map_or_else(OwnContext::copied, OwnContext::of);
    let eager = options.eager || event_loop.eager();
    spawn(&event_loop, Coro::of(coroutine), options.name.as_deref(), eager, context)
}

/// Starts a task eagerly: `asyncio.Task(coroutine, name=name, eager_start=True)`. The coroutine runs
/// at once, inside the step that is running, until it first waits; if it ends before that, the task
/// never enters the ready queue.
///
/// ```
/// use asyncio::{self, create_eager_task};
/// let done = asyncio::run(async {
///     let task = create_eager_task(async { Ok(6 * 7) }, Some("quick"));
///     Ok(task.done()) // without an iteration of the loop
/// });
/// assert!(done.unwrap());
/// ```
///
/// # Panics
/// Without a running loop.
pub fn create_eager_task<T, F>(coroutine: F, name: Option<&str>) -> Task<T>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    spawn(&EventLoop::running(), Coro::of(coroutine), name, true, OwnContext::copied())
}

pub(crate) fn spawn<T: Clone + 'static>(
    event_loop: &Rc<EventLoop>,
    coroutine: Coro<T>,
    name: Option<&str>,
    eager: bool,
    context: OwnContext,
) -> Task<T> {
    let name = name.map_or_else(|| event_loop.default_name(), |name| Name::Given(name.into()));
    let eager = eager && event_loop.is_running();
    let task = make(event_loop, coroutine, name, Sort { eager, ..Sort::default() }, context);
    if eager {
        let outer = event_loop.eager_starts.get();
        event_loop.eager_starts.set(outer + 1);
        event_loop.core.poll_now(task.task_state().id());
        event_loop.eager_starts.set(outer);
        if task.is_done() {
            // `task_eager_start` lets go of a coroutine that has ended; later steps do not.
            task.task_state().let_go_beyond();
        }
    } else {
        event_loop.core.start(task.clone());
    }
    Task(Future(task))
}

/// A task of the main program, in a context that it may share with others.
pub(crate) fn spawn_in<T: Clone + 'static>(
    event_loop: &Rc<EventLoop>,
    coroutine: Coro<T>,
    context: Context,
) -> Task<T> {
    let task = make(
        event_loop,
        coroutine,
        event_loop.default_name(),
        Sort::default(),
        OwnContext::of(context),
    );
    event_loop.core.start(task.clone());
    Task(Future(task))
}

/// A task of the loop itself: it uses up a name, as in CPython, but no program knows of it.
pub(crate) fn spawn_hidden(event_loop: &Rc<EventLoop>, coroutine: Coro<()>) -> Task<()> {
    let name = event_loop.default_name();
    let task = make(
        event_loop,
        coroutine,
        name,
        Sort { hidden: true, eager: false },
        OwnContext::copied(),
    );
    event_loop.core.start(task.clone());
    Task(Future(task))
}

/// What is special about a task.
#[derive(Clone, Copy, Default)]
struct Sort {
    /// The trace does not show it.
    hidden: bool,
    /// Its first step runs at once.
    eager: bool,
}

/// A task that has not been scheduled.
fn make<T: Clone + 'static>(
    event_loop: &Rc<EventLoop>,
    mut coroutine: Coro<T>,
    name: Name,
    Sort { hidden, eager }: Sort,
    context: OwnContext,
) -> Rc<TaskInner<T>> {
    // Looked for in the name of a type, which a run without a trace need not do.
    let function = event_loop.core.trace().is_on().then(|| coroutine.function()).flatten();
    let arguments = coroutine.take_arguments();
    let state = TaskState::new(name, hidden, context);
    let task = TaskInner::new(event_loop.clone(), state, coroutine);
    let core = &event_loop.core;
    if hidden {
        core.add_hidden(task.clone())
    } else {
        let id = core.add(eager, task.clone());
        if let Some(function) = function {
            core.trace().runs(id, function, arguments);
        }
        id
    };
    task
}
