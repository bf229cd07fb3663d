//! `asyncio.as_completed`.

use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::freeing::LastFirst;
use crate::futures::{CallbackId, Future, Role, distinct};
use crate::tasks::Awaitable;
use executor::Handle;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, GroupOp, HandleKind, Wait};

/// Runs awaitables concurrently and gives them in the order in which they end. A future given twice
/// counts once. Follows `as_completed` of CPython 3.13 (`Lib/asyncio/tasks.py`).
///
/// ```
/// use asyncio::{self, as_completed, sleep};
/// let order = asyncio::run(async {
///     let mut order = Vec::new();
///     let jobs = [3.0, 1.0, 2.0].map(|delay| async move { sleep(delay).await.map(|()| delay) });
///     for coroutine in as_completed(jobs) {
///         order.push(coroutine.await?);
///     }
///     Ok(order)
/// });
/// assert_eq!(order.unwrap(), [1.0, 2.0, 3.0]);
/// ```
///
/// # Panics
/// Without a running loop.
pub fn as_completed<T, A>(awaitables: impl IntoIterator<Item = A>) -> AsCompleted<T>
where
    T: Clone + 'static,
    A: Awaitable<T>,
{
    let event_loop = EventLoop::running();
    let (mut awaitables, mut futures) = (awaitables.into_iter(), Vec::new());
    while let Some(awaitable) = awaitables.next() {
        futures.push(awaitable.ensure_future());
        if event_loop.is_left() {
            // Making the task has raised, and this with it: nobody sees the iterator.
            drop(std::mem::take(&mut futures));
            drop(LastFirst(awaitables.collect()));
            break;
        }
    }
    let futures = distinct(futures);
    let iterator = AsCompleted(Rc::new(AsCompletedState {
        event_loop,
        done: RefCell::default(),
        getters: RefCell::default(),
        timer: RefCell::default(),
        todo: RefCell::default(),
        left: Cell::new(futures.len()),
    }));
    for (place, future) in futures.into_iter().enumerate() {
        let inner = iterator.0.clone();
        let callback = future.when_done(HandleKind::Internal, move |_| inner.completed(place));
        iterator.0.todo.borrow_mut().insert(place, (future, callback));
    }
    iterator
}

/// What [`as_completed`] gives: an iterator over coroutines, each of which waits for the next end and
/// gives its result; or, with [`AsCompleted::anext`], over the futures themselves. Clones share their
/// place.
///
/// ```
/// use asyncio::{self, as_completed, create_task, sleep};
/// let name = asyncio::run(async {
///     let [slow, quick] = [2.0, 1.0].map(|delay| create_task(async move { sleep(delay).await }));
///     let iterator = as_completed([&slow, &quick]);
///     while let Some(done) = iterator.anext().await? {
///         if done == *quick {
///             return Ok("quick");
///         }
///     }
///     Ok("slow")
/// });
/// assert_eq!(name.unwrap(), "quick");
/// ```
pub struct AsCompleted<T>(Rc<AsCompletedState<T>>);

/// What lists futures stands in the order in which `_AsCompletedIterator` frees it: that of its attributes.
struct AsCompletedState<T> {
    event_loop: Rc<EventLoop>,
    /// The queue inside: what is done, in that order; `None` for each that time was up for.
    done: RefCell<VecDeque<Option<Future<T>>>>,
    getters: RefCell<VecDeque<Future<()>>>,
    timer: RefCell<Option<Handle>>,
    /// Those not known to be done, by their place in the arguments.
    todo: RefCell<BTreeMap<usize, (Future<T>, CallbackId)>>,
    /// How many the iteration has still to ask for.
    left: Cell<usize>,
}

impl<T: Clone + 'static> AsCompleted<T> {
    /// Gives those that are not done after so many seconds, counted from now, up: each raises
    /// `TimeoutError` then. It cancels none.
    pub fn timeout(self, seconds: f64) -> Self {
        if !self.0.todo.borrow().is_empty() {
            let inner = self.0.clone();
            let timer = self.0.event_loop.core.call_later(seconds, move || inner.time_is_up());
            if let Some(earlier) = self.0.timer.replace(Some(timer)) {
                earlier.cancel();
            }
        }
        self
    }

    /// Waits for the next that is done, and gives the task or future itself; `None` after the last.
    /// This is `async for`.
    ///
    /// # Errors
    /// When awaited, `TimeoutError` after the timeout.
    #[track_caller]
    pub fn anext(&self) -> Coro<Option<Future<T>>> {
        let at = Location::caller();
        let inner = self.0.clone();
        Coro::new("_AsCompletedIterator.__anext__", async move {
            if !inner.take_turn() {
                return Ok(None);
            }
            inner.wait_for_one(at).await.map(Some)
        })
    }
}

/// Plain iteration: coroutines that wait for the next that is done, and return or raise what it did;
/// `TimeoutError` after the timeout.
impl<T: Clone + 'static> Iterator for AsCompleted<T> {
    type Item = Coro<T>;

    #[track_caller]
    fn next(&mut self) -> Option<Coro<T>> {
        let at = Location::caller();
        let inner = self.0.clone();
        inner.take_turn().then(|| {
            Coro::new("_AsCompletedIterator._wait_for_one", async move {
                inner.wait_for_one(at).await?.result()
            })
        })
    }
}

impl<T: Clone + 'static> AsCompletedState<T> {
    /// Whether there is one to ask for, which is then asked for.
    fn take_turn(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    async fn wait_for_one(&self, at: Caller) -> Result<Future<T>> {
        loop {
            let done = self.done.borrow_mut().pop_front();
            if let Some(done) = done {
                return done.ok_or_else(|| Error::new("TimeoutError", ""));
            }
            let getter: Future<()> = Future::new(self.event_loop.clone(), Role::Plain);
            self.getters.borrow_mut().push_back(getter.clone());
            let mut getting = Getting { inner: self, getter: &getter, woken: false };
            getter.wait_as(self.cause(), at).await?;
            getting.woken = true;
        }
    }

    fn cause(&self) -> Wait {
        let todo = self.todo.borrow();
        let tasks = todo.values().filter_map(|(future, _)| future.any().task_id());
        Wait::on_tasks(GroupOp::AsCompleted, tasks)
    }

    /// `_handle_completion`.
    fn completed(&self, place: usize) {
        // Nothing is left of it when time was up first.
        let Some((future, _)) = self.todo.borrow_mut().remove(&place) else { return };
        self.put(Some(future));
        if self.todo.borrow().is_empty()
            && let Some(timer) = self.timer.take()
        {
            timer.cancel();
        }
    }

    /// `_handle_timeout`.
    fn time_is_up(&self) {
        for (future, callback) in self.todo.take().into_values() {
            future.remove_done_callback(callback);
            self.put(None);
        }
    }

    fn put(&self, done: Option<Future<T>>) {
        self.done.borrow_mut().push_back(done);
        self.wake_up_next();
    }

    /// Wakes the first who waits and has not been woken or cancelled.
    fn wake_up_next(&self) {
        loop {
            let getter = self.getters.borrow_mut().pop_front();
            match getter {
                Some(getter) if getter.done() => {}
                Some(getter) => {
                    let _ = getter.set_result(());
                    return;
                }
                None => return,
            }
        }
    }
}

/// The `except` block of `Queue.get`.
struct Getting<'a, T: Clone + 'static> {
    inner: &'a AsCompletedState<T>,
    getter: &'a Future<()>,
    woken: bool,
}

impl<T: Clone + 'static> Drop for Getting<'_, T> {
    fn drop(&mut self) {
        if self.woken {
            return;
        }
        self.getter.cancel();
        self.inner.getters.borrow_mut().retain(|getter| getter != self.getter);
        if !self.inner.done.borrow().is_empty() && !self.getter.cancelled() {
            // Woken, but cancelled before it could act: the next in line may.
            self.inner.wake_up_next();
        }
    }
}

impl<T> Clone for AsCompleted<T> {
    fn clone(&self) -> Self {
        AsCompleted(self.0.clone())
    }
}
