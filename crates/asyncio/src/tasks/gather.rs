//! `asyncio.gather`.

use crate::base_events::EventLoop;
use crate::exceptions::Result;
use crate::freeing::LastFirst;
use crate::futures::{Future, Gathering, Role};
use crate::tasks::Awaitable;
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;
use std::rc::Rc;
use trace::HandleKind;

/// Runs awaitables concurrently; the future's result is the list of theirs, in the order given. The
/// first exception becomes the future's at once, and the others keep running; so does a child's
/// cancellation. Cancelling the future cancels the children that are not done.
///
/// Follows `gather` of CPython 3.13 (`Lib/asyncio/tasks.py`), where a future given twice counts once.
///
/// ```
/// use asyncio::{self, Error, Result, gather, sleep};
/// async fn job(n: i32) -> Result<i32> {
///     sleep(0.1).await?;
///     if n < 0 { Err(Error::new("ValueError", "negative")) } else { Ok(n) }
/// }
/// assert_eq!(asyncio::run(async { gather([job(1), job(2)]).await }).unwrap(), [1, 2]);
/// let failed = asyncio::run(async { gather([job(1), job(-2)]).await });
/// assert_eq!(failed.unwrap_err().to_string(), "ValueError: negative");
/// ```
///
/// # Panics
/// Without a running loop.
pub fn gather<T, A>(awaitables: impl IntoIterator<Item = A>) -> Future<Vec<T>>
where
    T: Clone + 'static,
    A: Awaitable<T>,
{
    gather_with(awaitables, false, |results| results.into_iter().collect())
}

/// [`gather`] with `return_exceptions=True`: exceptions and cancellations of children stand in the
/// list like results.
///
/// # Panics
/// Without a running loop.
pub fn gather_return_exceptions<T, A>(
    awaitables: impl IntoIterator<Item = A>,
) -> Future<Vec<Result<T>>>
where
    T: Clone + 'static,
    A: Awaitable<T>,
{
    gather_with(awaitables, true, Ok)
}

/// The two above, with a result of any type: `collect` makes it of the results of all, among which
/// are no exceptions unless `return_exceptions`. For front ends with values of their own.
///
/// ```
/// use asyncio::{self, gather_with, sleep};
/// let count = asyncio::run(async {
///     gather_with([sleep(1.0), sleep(2.0)], false, |results| Ok(results.len())).await
/// });
/// assert_eq!(count.unwrap(), 2);
/// ```
///
/// # Panics
/// Without a running loop.
pub fn gather_with<T, A, R>(
    awaitables: impl IntoIterator<Item = A>,
    return_exceptions: bool,
    collect: Collect<T, R>,
) -> Future<R>
where
    T: Clone + 'static,
    A: Awaitable<T>,
    R: Clone + 'static,
{
    let event_loop = EventLoop::running();
    let gather = Rc::new(Gather {
        outer: OnceCell::new(),
        children: OnceCell::new(),
        unfinished: Cell::new(0),
        cancel_requested: Rc::default(),
        return_exceptions,
        collect,
    });
    let (mut children, mut done) = (Vec::<Future<T>>::new(), Vec::new());
    // Until a future is given that was there before, each is another.
    let mut seen: Option<HashSet<*const ()>> = None;
    let mut awaitables = awaitables.into_iter();
    while let Some(awaitable) = awaitables.next() {
        let wrapped = !awaitable.is_future();
        let child = awaitable.ensure_future();
        if event_loop.is_left() {
            // Making the task has raised, and gathering with it: nobody sees this future.
            drop((child, LastFirst(awaitables.collect())));
            return Future::new(event_loop, Role::Plain);
        }
        if let (true, Some(task)) = (wrapped, child.task()) {
            // Nobody but the gathering knows of it.
            task.log_destroyed.set(false);
        }
        let is_new = (wrapped && seen.is_none())
            || seen
                .get_or_insert_with(|| children.iter().map(Future::place).collect())
                .insert(child.place());
        if is_new {
            gather.unfinished.set(gather.unfinished.get() + 1);
            if child.done() {
                done.push(child.clone());
            } else {
                let gather = gather.clone();
                child.when_done(HandleKind::Internal, move |child| gather.child_done(child));
            }
        }
        children.push(child);
    }
    let role = if children.is_empty() {
        Role::Plain
    } else {
        Role::Gathering(Gathering {
            children: LastFirst(children.iter().map(Future::any).collect()),
            cancel_requested: gather.cancel_requested.clone(),
        })
    };
    let outer = gather.outer.get_or_init(|| Future::new(event_loop, role)).clone();
    if gather.children.get_or_init(|| LastFirst(children)).0.is_empty() {
        gather.complete(collect(Vec::new()));
    }
    // Those done already count now, without an iteration of the loop.
    for child in done {
        gather.child_done(&child);
    }
    outer
}

/// What the callbacks of the children share.
struct Gather<T, R> {
    outer: OnceCell<Future<R>>,
    /// In the order of the arguments, one that is given twice twice.
    children: OnceCell<LastFirst<Future<T>>>,
    /// Different children that have not been counted as done.
    unfinished: Cell<usize>,
    cancel_requested: Rc<Cell<bool>>,
    return_exceptions: bool,
    collect: Collect<T, R>,
}

type Collect<T, R> = fn(Vec<Result<T>>) -> Result<R>;

impl<T: Clone + 'static, R: Clone + 'static> Gather<T, R> {
    /// `_done_callback`.
    fn child_done(&self, child: &Future<T>) {
        self.unfinished.set(self.unfinished.get() - 1);
        if self.outer.get().is_none_or(Future::done) {
            if !child.cancelled() {
                // Nobody will ask for its exception: it counts as retrieved.
                let _ = child.exception();
            }
            return;
        }
        if !self.return_exceptions {
            let failure = if child.cancelled() {
                Some(child.cancelled_error())
            } else {
                child.exception().ok().flatten()
            };
            if let Some(error) = failure {
                return self.complete(Err(error));
            }
        }
        if self.unfinished.get() == 0
            && let Some(LastFirst(children)) = self.children.get()
        {
            let result = if self.return_exceptions { Future::gathered } else { Future::result };
            let results = (self.collect)(children.iter().map(result).collect());
            // A cancellation of the gathering goes on, whatever the children made of it.
            self.complete(match children.last() {
                Some(last) if self.cancel_requested.get() => Err(last.cancelled_error()),
                _ => results,
            });
        }
    }

    /// Completes the gathering, which is pending.
    fn complete(&self, result: Result<R>) {
        if let Some(outer) = self.outer.get() {
            let _ = match result {
                Ok(value) => outer.set_result(value),
                Err(error) => outer.set_exception(error),
            };
        }
    }
}
