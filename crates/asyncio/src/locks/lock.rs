//! `asyncio.Lock`.

use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::futures::Future;
use crate::locks::Waiters;
use crate::mixins::LoopBound;
use std::cell::Cell;
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, EventKind, Op, ResourceId, ResourceKind, TaskId, Wait};

/// A lock that one task holds at a time; clones are the same lock. It goes to waiters in the order
/// in which they came. No task owns it: any may release it. Follows `Lock` of CPython 3.13
/// (`Lib/asyncio/locks.py`).
///
/// ```
/// use asyncio::{self, Lock, gather, sleep};
/// let time = asyncio::run(async {
///     let lock = Lock::new();
///     gather([(); 3].map(|()| {
///         let lock = lock.clone();
///         async move {
///             let _guard = lock.enter().await?; // async with lock:
///             sleep(1.0).await
///         }
///     }))
///     .await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 3.0); // one after the other
/// ```
#[derive(Clone)]
pub struct Lock(Rc<LockState>);

struct LockState {
    bound: LoopBound,
    /// What the trace says a waiting task waits for.
    cause: Wait,
    /// Its resource in the trace, unless it is part of another object.
    id: Option<ResourceId>,
    locked: Cell<bool>,
    waiters: Waiters,
}

impl Lock {
    /// A lock that nobody holds.
    ///
    /// # Panics
    /// Outside of a run.
    #[expect(clippy::new_without_default, reason = "it needs a run")]
    pub fn new() -> Self {
        let bound = LoopBound::new();
        let id = bound.new_resource(ResourceKind::Lock);
        Lock::with(bound, Wait::Resource { id, op: Op::Acquire }, Some(id))
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        if let Some(id) = self.0.id {
            self.0.bound.name_resource(id, name);
        }
        self
    }

    /// A lock inside another object: waiting for it counts as that object's operation `op`.
    pub(crate) fn inside(id: ResourceId, op: Op) -> Self {
        Lock::with(LoopBound::new(), Wait::Resource { id, op }, None)
    }

    fn with(bound: LoopBound, cause: Wait, id: Option<ResourceId>) -> Self {
        let (locked, waiters) = (Cell::new(false), Waiters::default());
        Lock(Rc::new(LockState { bound, cause, id, locked, waiters }))
    }

    /// Whether it is held.
    pub fn locked(&self) -> bool {
        self.0.locked.get()
    }

    /// Takes the lock, waiting while it is held or others wait already. Always true.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn acquire(&self) -> Coro<bool> {
        let (lock, at) = (self.clone(), Location::caller());
        Coro::new("Lock.acquire", async move { lock.acquire_at(at).await })
    }

    /// Takes the lock and gives it back when the [`LockGuard`] is dropped: `async with lock`.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn enter(&self) -> Coro<LockGuard> {
        let (lock, at) = (self.clone(), Location::caller());
        Coro::new("_ContextManagerMixin.__aenter__", async move { lock.enter_at(at).await })
    }

    /// Gives the lock back and wakes the first waiter.
    ///
    /// # Errors
    /// `RuntimeError` when nobody holds it.
    pub fn release(&self) -> Result {
        if !self.0.locked.replace(false) {
            return Err(Error::new("RuntimeError", "Lock is not acquired."));
        }
        self.emit(|id, holder| EventKind::PermitReturned { id, holder, free: 1 });
        self.0.waiters.wake_first();
        Ok(())
    }

    pub(crate) async fn acquire_at(&self, at: Caller) -> Result<bool> {
        let LockState { bound, cause, waiters, .. } = &*self.0;
        if self.take_free() {
            return Ok(true);
        }
        let waiter = waiters.join(bound, || {
            waiters.repr_of("Lock", if self.locked() { "locked" } else { "unlocked" })
        })?;
        let _waiting = Waiting { lock: self, waiter: waiter.clone() };
        waiter.wait_as(cause.clone(), at).await?;
        self.take();
        Ok(true)
    }

    pub(crate) async fn enter_at(&self, at: Caller) -> Result<LockGuard> {
        self.acquire_at(at).await?;
        Ok(LockGuard(Rc::new(Held { lock: self.clone(), inside: Cell::new(true) })))
    }

    /// Takes the lock if that is possible without waiting, and says whether it was.
    pub(crate) fn take_free(&self) -> bool {
        // Fair: whoever waits, or was woken and has not run yet, goes first.
        let free = !self.locked() && self.0.waiters.all_cancelled();
        if free {
            self.take();
        }
        free
    }

    fn take(&self) {
        self.0.locked.set(true);
        self.emit(|id, holder| EventKind::PermitTaken { id, holder, free: 0 });
    }

    fn emit(&self, kind: impl FnOnce(ResourceId, Option<TaskId>) -> EventKind) {
        if let Some(id) = self.0.id {
            self.0.bound.emit(|task| kind(id, task));
        }
    }
}

/// The `finally` and `except` blocks of `acquire`.
struct Waiting<'a> {
    lock: &'a Lock,
    waiter: Future<()>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.lock.0.waiters.leave(&self.waiter);
        if !self.lock.locked() {
            // It was cancelled, perhaps when woken already: somebody else must be.
            self.lock.0.waiters.wake_first();
        }
    }
}

/// A lock held; dropping it, or its last clone, gives the lock back: the end of `async with lock`.
///
/// ```
/// use asyncio::{self, Lock};
/// let locked = asyncio::run(async {
///     let lock = Lock::new();
///     let guard = lock.enter().await?;
///     let inside = lock.locked();
///     drop(guard);
///     Ok((inside, lock.locked()))
/// });
/// assert_eq!(locked.unwrap(), (true, false));
/// ```
#[derive(Clone)]
pub struct LockGuard(Rc<Held>);

struct Held {
    lock: Lock,
    inside: Cell<bool>,
}

impl LockGuard {
    /// Gives the lock back now and says whether that was possible, which a drop keeps to itself.
    ///
    /// # Errors
    /// `RuntimeError` when the lock was released meanwhile.
    pub fn exit(self) -> Result {
        self.0.exit()
    }
}

impl Held {
    fn exit(&self) -> Result {
        if self.inside.replace(false) { self.lock.release() } else { Ok(()) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.exit();
    }
}

/// Whether the two are the same lock.
impl PartialEq for Lock {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
