//! `asyncio.Condition`.

use crate::coroutines::Coro;
use crate::exceptions::{Error, Result, while_handling};
use crate::futures::{Future, handling};
use crate::locks::Waiters;
use crate::locks::{Lock, LockGuard};
use crate::mixins::LoopBound;
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, EventKind, Op, ResourceId, ResourceKind, Wait};

/// A lock whose holder can wait, without holding it, until another holder notifies it; clones are
/// the same condition. Follows `Condition` of CPython 3.13 (`Lib/asyncio/locks.py`).
///
/// ```
/// use asyncio::{self, Condition, create_task, sleep};
/// use std::{cell::Cell, rc::Rc};
/// let time = asyncio::run(async {
///     let (condition, ready) = (Condition::new(), Rc::new(Cell::new(false)));
///     let (notifier, setter) = (condition.clone(), ready.clone());
///     create_task(async move {
///         sleep(2.0).await?;
///         let _guard = notifier.enter().await?;
///         setter.set(true);
///         notifier.notify(1)
///     });
///     let _guard = condition.enter().await?; // async with condition:
///     condition.wait_for(move || ready.get()).await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 2.0);
/// ```
#[derive(Clone)]
pub struct Condition(Rc<ConditionState>);

struct ConditionState {
    bound: LoopBound,
    lock: Lock,
    /// What the trace says a waiting task waits for.
    cause: Wait,
    /// Its resource in the trace, unless it is part of another object.
    id: Option<ResourceId>,
    waiters: Waiters,
}

impl Condition {
    /// A condition over a lock of its own.
    ///
    /// # Panics
    /// Outside of a run.
    #[expect(clippy::new_without_default, reason = "it needs a run")]
    pub fn new() -> Self {
        Condition::with_lock(&Lock::new())
    }

    /// A condition over a given lock, which several conditions may share: `Condition(lock)`.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn with_lock(lock: &Lock) -> Self {
        let bound = LoopBound::new();
        let id = bound.new_resource(ResourceKind::Condition);
        Condition(Rc::new(ConditionState {
            bound,
            lock: lock.clone(),
            cause: Wait::Resource { id, op: Op::Wait },
            id: Some(id),
            waiters: Waiters::default(),
        }))
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        if let Some(id) = self.0.id {
            self.0.bound.name_resource(id, name);
        }
        self
    }

    /// A condition, and its lock, inside another object: waiting for either counts as that object's
    /// operation `op`.
    pub(crate) fn inside(id: ResourceId, op: Op) -> Self {
        Condition(Rc::new(ConditionState {
            lock: Lock::inside(id, op),
            bound: LoopBound::new(),
            cause: Wait::Resource { id, op },
            id: None,
            waiters: Waiters::default(),
        }))
    }

    /// Whether its lock is held.
    pub fn locked(&self) -> bool {
        self.0.lock.locked()
    }

    /// Takes its lock: [`Lock::acquire`].
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn acquire(&self) -> Coro<bool> {
        self.0.lock.acquire()
    }

    /// Gives its lock back: [`Lock::release`].
    ///
    /// # Errors
    /// `RuntimeError` when nobody holds it.
    pub fn release(&self) -> Result {
        self.0.lock.release()
    }

    /// Takes its lock and gives it back when the guard is dropped: `async with condition`.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn enter(&self) -> Coro<LockGuard> {
        self.0.lock.enter()
    }

    /// Gives the lock back, waits until notified, and takes the lock again. Always true.
    ///
    /// When it raises a cancellation it holds the lock all the same, and the notification it may
    /// have got has gone to another waiter. It may return without anything having changed.
    ///
    /// # Errors
    /// `RuntimeError` when nobody holds the lock; the last cancellation of the task meanwhile.
    #[track_caller]
    pub fn wait(&self) -> Coro<bool> {
        let (condition, at) = (self.clone(), Location::caller());
        Coro::new("Condition.wait", async move { condition.wait_at(at).await })
    }

    /// Waits until `predicate` is true, which is asked at once and after each [`Condition::wait`].
    ///
    /// # Errors
    /// Those of [`Condition::wait`], if it has to wait.
    #[track_caller]
    pub fn wait_for(&self, predicate: impl FnMut() -> bool + 'static) -> Coro<bool> {
        let (condition, at) = (self.clone(), Location::caller());
        let body = async move { condition.wait_for_at(predicate, at).await };
        Coro::new("Condition.wait_for", body)
    }

    /// Wakes up to `n` of the tasks that wait, in the order in which they came. Each goes on once it
    /// has the lock again.
    ///
    /// # Errors
    /// `RuntimeError` when nobody holds the lock.
    pub fn notify(&self, n: usize) -> Result {
        if !self.locked() {
            return Err(Error::new("RuntimeError", "cannot notify on un-acquired lock"));
        }
        self.wake(n, true);
        Ok(())
    }

    /// Wakes all tasks that wait.
    ///
    /// # Errors
    /// `RuntimeError` when nobody holds the lock.
    pub fn notify_all(&self) -> Result {
        self.notify(usize::MAX)
    }

    pub(crate) async fn enter_at(&self, at: Caller) -> Result<LockGuard> {
        self.0.lock.enter_at(at).await
    }

    pub(crate) async fn wait_for_at(
        &self,
        mut predicate: impl FnMut() -> bool,
        at: Caller,
    ) -> Result<bool> {
        while !predicate() {
            self.wait_at(at).await?;
        }
        Ok(true)
    }

    async fn wait_at(&self, at: Caller) -> Result<bool> {
        let ConditionState { bound, lock, cause, waiters, .. } = &*self.0;
        if !lock.locked() {
            return Err(Error::new("RuntimeError", "cannot wait on un-acquired lock"));
        }
        // Where it belongs to another loop the lock stays held.
        let waiter = waiters.waiter(bound, || waiters.repr_of("Condition", "locked"))?;
        lock.release()?;
        waiters.join_as(&waiter);
        let mut waiting =
            Waiting { condition: self, waiter: waiter.clone(), locked: false, notified: false };
        let mut result = waiter.wait_as(cause.clone(), at).await.map(|()| true);
        waiters.leave(&waiter);
        // The caller is promised the lock, however often it is cancelled; the last one counts.
        match result.clone() {
            Ok(_) => {
                while let Err(cancelled) = lock.acquire_at(at).await {
                    result = Err(cancelled);
                }
            }
            Err(first) => {
                while let Err(cancelled) = handling(&first, lock.acquire_at(at)).await {
                    result = Err(while_handling(&first, || cancelled.raised()));
                }
            }
        }
        waiting.locked = true;
        waiting.notified = result.is_ok();
        result
    }

    /// `_notify`. Without being `asked` to notify it says so only if it wakes somebody.
    pub(crate) fn wake(&self, n: usize, asked: bool) {
        let ConditionState { bound, id, waiters, .. } = &*self.0;
        waiters.wake(n, |count| {
            if let (Some(id), true) = (*id, asked || count > 0) {
                bound.emit(|task| EventKind::Notified { id, task, count });
            }
        });
    }
}

/// The `except` block of `wait`.
struct Waiting<'a> {
    condition: &'a Condition,
    waiter: Future<()>,
    locked: bool,
    notified: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let ConditionState { lock, waiters, .. } = &*self.condition.0;
        if !self.locked {
            // Dropped while it waited, as by `coroutine.close()`: it can take the lock only now.
            waiters.leave(&self.waiter);
            lock.take_free();
        }
        if !self.notified {
            // It may have been notified before it was cancelled: another gets that.
            self.condition.wake(1, false);
        }
    }
}

/// Whether the two are the same condition.
impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
