//! `asyncio.Semaphore`.

use super::Coro;
use super::event_loop::EventLoop;
use super::future::{Future, Role};
use crate::trace::{Cause, EventKind, ResourceId, ResourceKind, TaskId};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::panic::Location;
use std::rc::Rc;

/// A number of permits to take and return; clones are the same semaphore. Permits go to waiters in
/// the order in which they came, and nobody overtakes them. Follows `Semaphore` of CPython 3.13
/// (`Lib/asyncio/locks.py`).
///
/// ```
/// use coroscope::asyncio::{self, Semaphore, gather, sleep};
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
pub struct Semaphore(Rc<Inner>);

struct Inner {
    event_loop: Rc<EventLoop>,
    id: ResourceId,
    value: Cell<usize>,
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
    /// Without a running loop.
    pub fn new(value: usize) -> Self {
        let event_loop = EventLoop::running();
        let id = event_loop.new_resource(ResourceKind::Permits { limit: value });
        Semaphore(Rc::new(Inner {
            event_loop,
            id,
            value: Cell::new(value),
            waiters: RefCell::default(),
        }))
    }

    /// Whether [`Semaphore::acquire`] would wait now.
    pub fn locked(&self) -> bool {
        self.0.value.get() == 0
            || self.0.waiters.borrow().iter().any(|waiter| !waiter.future.cancelled())
    }

    /// Takes a permit, waiting for one if there is none or others wait already.
    #[track_caller]
    pub fn acquire(&self) -> Coro<()> {
        let at = Location::caller();
        let semaphore = self.clone();
        Box::pin(async move {
            let inner = &semaphore.0;
            let task = inner.event_loop.current_id();
            if !semaphore.locked() {
                inner.value.set(inner.value.get() - 1);
                semaphore.emit_taken(task);
                return Ok(());
            }
            let future: Future<()> = Future::new(inner.event_loop.clone(), Role::Plain);
            let waiter = Waiter { future: future.clone(), task };
            inner.waiters.borrow_mut().push_back(waiter.clone());
            let mut waiting = Waiting { semaphore: semaphore.clone(), waiter, accepted: false };
            future.wait_as(Cause::Resource { id: inner.id, op: "acquire" }, at).await?;
            waiting.accepted = true;
            Ok(())
        })
    }

    /// Takes a permit and gives it back when the [`Permit`] is dropped: `async with semaphore`.
    #[track_caller]
    pub fn enter(&self) -> Coro<Permit> {
        let semaphore = self.clone();
        let acquire = self.acquire();
        Box::pin(async move {
            acquire.await?;
            Ok(Permit(Rc::new(Held(semaphore))))
        })
    }

    /// Gives a permit back, handing it to the first waiter.
    pub fn release(&self) {
        self.0.value.set(self.0.value.get() + 1);
        self.emit_returned(self.0.event_loop.current_id());
        self.wake_up_next();
    }

    /// Hands a free permit to the first waiter that has none. Returns whether there was one.
    fn wake_up_next(&self) -> bool {
        let next = self.0.waiters.borrow().iter().find(|waiter| !waiter.future.done()).cloned();
        let Some(waiter) = next else { return false };
        self.0.value.set(self.0.value.get() - 1);
        let _ = waiter.future.set_result(());
        self.emit_taken(waiter.task);
        true
    }

    fn emit_taken(&self, holder: Option<TaskId>) {
        self.0.event_loop.core.emit(|| {
            let (id, free, waiting) = self.figures();
            EventKind::PermitTaken { id, holder, free, waiting }
        });
    }

    fn emit_returned(&self, holder: Option<TaskId>) {
        self.0.event_loop.core.emit(|| {
            let (id, free, waiting) = self.figures();
            EventKind::PermitReturned { id, holder, free, waiting }
        });
    }

    fn figures(&self) -> (ResourceId, usize, usize) {
        let waiting = self.0.waiters.borrow().iter().filter(|waiter| !waiter.future.done()).count();
        (self.0.id, self.0.value.get(), waiting)
    }
}

/// The `finally` blocks of `acquire`, however it ends.
struct Waiting {
    semaphore: Semaphore,
    waiter: Waiter,
    accepted: bool,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let Semaphore(inner) = &self.semaphore;
        let Waiter { future, task } = &self.waiter;
        inner.waiters.borrow_mut().retain(|waiter| waiter.future != *future);
        if !self.accepted && future.done() && !future.cancelled() {
            // A permit was handed over to a task that was cancelled before it could take it.
            inner.value.set(inner.value.get() + 1);
            self.semaphore.emit_returned(*task);
        }
        while inner.value.get() > 0 && self.semaphore.wake_up_next() {}
    }
}

/// A permit taken; dropping it gives it back.
#[derive(Clone)]
pub struct Permit(#[expect(dead_code, reason = "held for its drop")] Rc<Held>);

struct Held(Semaphore);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.release();
    }
}
