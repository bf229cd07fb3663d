//! `asyncio.Semaphore`.

use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::futures::{Future, Role};
use crate::locks::waiters::{repr_of, take_out};
use crate::mixins::LoopBound;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, EventKind, Op, ResourceId, ResourceKind, TaskId, Wait};

/// A number of permits to take and return; clones are the same semaphore. Permits go to waiters in
/// the order in which they came, and nobody overtakes them. Follows `Semaphore` of CPython 3.13
/// (`Lib/asyncio/locks.py`).
///
/// ```
/// use asyncio::{self, Semaphore, gather, sleep};
/// let time = asyncio::run(async {
///     let permits = Semaphore::new(2);
///     gather([(); 4].map(|()| {
///         let permits = permits.clone();
///         async move {
///             let _permit = permits.enter().await?; // async with permits:
///             sleep(1.0).await
///         }
///     }))
///     .await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 2.0); // two at a time
/// ```
#[derive(Clone)]
pub struct Semaphore(Rc<SemaphoreState>);

struct SemaphoreState {
    loop_bound: LoopBound,
    id: ResourceId,
    value: Cell<usize>,
    /// Most permits there may be, in a bounded semaphore.
    bound: Option<usize>,
    waiters: RefCell<VecDeque<Waiter>>,
}

#[derive(Clone)]
struct Waiter {
    future: Future<()>,
    task: Option<TaskId>,
}

impl Semaphore {
    /// A semaphore with `value` permits.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn new(value: usize) -> Self {
        Semaphore::with(value, None)
    }

    /// A semaphore with `value` permits, where that may be anything.
    ///
    /// # Errors
    /// `ValueError` for less than none.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn try_new(value: i64) -> Result<Self> {
        Ok(Semaphore::new(permits(value)?))
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        self.0.loop_bound.name_resource(self.0.id, name);
        self
    }

    /// A semaphore that never has more permits than in the beginning.
    pub(crate) fn bounded(value: usize) -> Self {
        Semaphore::with(value, Some(value))
    }

    fn with(value: usize, bound: Option<usize>) -> Self {
        let loop_bound = LoopBound::new();
        let id = loop_bound.new_resource(ResourceKind::Permits { limit: value });
        let (value, waiters) = (Cell::new(value), RefCell::default());
        Semaphore(Rc::new(SemaphoreState { loop_bound, id, value, bound, waiters }))
    }

    /// Whether [`Semaphore::acquire`] would wait now.
    pub fn locked(&self) -> bool {
        self.0.value.get() == 0
            || self.0.waiters.borrow().iter().any(|waiter| !waiter.future.cancelled())
    }

    /// Takes a permit, waiting for one if there is none or others wait already.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn acquire(&self) -> Coro<()> {
        let (semaphore, at) = (self.clone(), Location::caller());
        Coro::new("Semaphore.acquire", async move { semaphore.acquire_at(at).await })
    }

    /// Takes a permit and gives it back when the [`Permit`] is dropped: `async with semaphore`.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn enter(&self) -> Coro<Permit> {
        let (semaphore, at) = (self.clone(), Location::caller());
        Coro::new("_ContextManagerMixin.__aenter__", async move {
            semaphore.acquire_at(at).await?;
            Ok(Permit(Rc::new(Held { semaphore, inside: Cell::new(true) })))
        })
    }

    /// Gives a permit back, handing it to the first waiter.
    pub fn release(&self) {
        // Only a bounded one refuses, and that is reached through `BoundedSemaphore`.
        let _ = self.give_back();
    }

    pub(crate) fn give_back(&self) -> Result {
        if self.0.bound.is_some_and(|bound| self.0.value.get() >= bound) {
            return Err(Error::new("ValueError", "BoundedSemaphore released too many times"));
        }
        self.0.value.set(self.0.value.get() + 1);
        self.emit_returned(self.0.loop_bound.current_id());
        self.wake_up_next();
        Ok(())
    }

    async fn acquire_at(&self, at: Caller) -> Result {
        let inner = &self.0;
        let task = inner.loop_bound.current_id();
        if !self.locked() {
            inner.value.set(inner.value.get() - 1);
            self.emit_taken(task);
            return Ok(());
        }
        let mut waiting =
            Waiting { semaphore: self, waiter: self.get_in_line(task)?, accepted: false };
        let waiter = &waiting.waiter.future;
        waiter.wait_as(Wait::Resource { id: inner.id, op: Op::Acquire }, at).await?;
        waiting.accepted = true;
        Ok(())
    }

    fn get_in_line(&self, task: Option<TaskId>) -> Result<Waiter> {
        let event_loop = self.0.loop_bound.get_loop(|| {
            let class = if self.0.bound.is_some() { "BoundedSemaphore" } else { "Semaphore" };
            let waiters = self.0.waiters.borrow().len();
            // Who waits finds it locked.
            repr_of(class, "locked", waiters)
        })?;
        let future = Future::new(event_loop.clone(), Role::Plain);
        let waiter = Waiter { future, task };
        self.0.waiters.borrow_mut().push_back(waiter.clone());
        Ok(waiter)
    }

    /// Hands a free permit to the first waiter that has none. Returns whether there was one.
    fn wake_up_next(&self) -> bool {
        let next = self.0.waiters.borrow().iter().find(|waiter| !waiter.future.done()).cloned();
        let Some(waiter) = next else { return false };
        self.0.value.set(self.0.value.get() - 1);
        waiter.future.settle(());
        self.emit_taken(waiter.task);
        true
    }

    fn emit_taken(&self, holder: Option<TaskId>) {
        let (id, free) = (self.0.id, self.0.value.get());
        self.0.loop_bound.emit(|_| EventKind::PermitTaken { id, holder, free });
    }

    fn emit_returned(&self, holder: Option<TaskId>) {
        let (id, free) = (self.0.id, self.0.value.get());
        self.0.loop_bound.emit(|_| EventKind::PermitReturned { id, holder, free });
    }
}

/// A number of permits, from one that may be below none.
pub(crate) fn permits(value: i64) -> Result<usize> {
    if value < 0 {
        return Err(Error::new("ValueError", "Semaphore initial value must be >= 0"));
    }
    Ok(usize::try_from(value).unwrap_or(usize::MAX))
}

/// The `finally` blocks of `acquire`, however it ends.
struct Waiting<'a> {
    semaphore: &'a Semaphore,
    waiter: Waiter,
    accepted: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let Semaphore(inner) = self.semaphore;
        let Waiter { future, task } = &self.waiter;
        take_out(&mut inner.waiters.borrow_mut(), |waiter| waiter.future == *future);
        if !self.accepted && future.done() && !future.cancelled() {
            // A permit was handed over to a task that was cancelled before it could take it.
            inner.value.set(inner.value.get() + 1);
            self.semaphore.emit_returned(*task);
        }
        while inner.value.get() > 0 && self.semaphore.wake_up_next() {}
    }
}

/// A permit taken; dropping it, or its last clone, gives it back: the end of `async with semaphore`.
///
/// ```
/// use asyncio::{self, Semaphore};
/// let locked = asyncio::run(async {
///     let permits = Semaphore::new(1);
///     let permit = permits.enter().await?;
///     let inside = permits.locked();
///     drop(permit);
///     Ok((inside, permits.locked()))
/// });
/// assert_eq!(locked.unwrap(), (true, false));
/// ```
#[derive(Clone)]
pub struct Permit(Rc<Held>);

struct Held {
    semaphore: Semaphore,
    inside: Cell<bool>,
}

impl Permit {
    /// Gives the permit back now and says whether that was possible, which a drop keeps to itself.
    ///
    /// # Errors
    /// `ValueError` where a bounded semaphore would have more permits than in the beginning.
    pub fn exit(self) -> Result {
        self.0.exit()
    }
}

impl Held {
    fn exit(&self) -> Result {
        if self.inside.replace(false) { self.semaphore.give_back() } else { Ok(()) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.exit();
    }
}

/// Whether the two are the same semaphore.
impl PartialEq for Semaphore {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
