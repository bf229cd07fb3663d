//! `asyncio.BoundedSemaphore`.

use super::semaphore::{Permit, Semaphore, permits};
use crate::coroutines::Coro;
use crate::exceptions::Result;

/// A [`Semaphore`] that refuses to have more permits than in the beginning, so that a release too
/// many is found; clones are the same semaphore. Follows `BoundedSemaphore` of CPython 3.13
/// (`Lib/asyncio/locks.py`).
///
/// ```
/// use asyncio::{self, BoundedSemaphore};
/// let error = asyncio::run(async {
///     let permits = BoundedSemaphore::new(1);
///     permits.acquire().await?;
///     permits.release()?;
///     Ok(permits.release().unwrap_err())
/// });
/// assert_eq!(error.unwrap().to_string(), "BoundedSemaphore released too many times");
/// ```
#[derive(Clone, PartialEq)]
pub struct BoundedSemaphore(Semaphore);

impl BoundedSemaphore {
    /// A semaphore with `value` permits.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn new(value: usize) -> Self {
        BoundedSemaphore(Semaphore::bounded(value))
    }

    /// A semaphore with `value` permits, where that may be anything.
    ///
    /// # Errors
    /// `ValueError` for less than none.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn try_new(value: i64) -> Result<Self> {
        Ok(BoundedSemaphore::new(permits(value)?))
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        BoundedSemaphore(self.0.named(name))
    }

    /// Whether [`BoundedSemaphore::acquire`] would wait now.
    pub fn locked(&self) -> bool {
        self.0.locked()
    }

    /// Takes a permit: [`Semaphore::acquire`].
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn acquire(&self) -> Coro<()> {
        self.0.acquire()
    }

    /// Takes a permit and gives it back when the [`Permit`] is dropped: `async with semaphore`.
    /// [`Permit::exit`] says where that is one release too many.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn enter(&self) -> Coro<Permit> {
        self.0.enter()
    }

    /// Gives a permit back, handing it to the first waiter.
    ///
    /// # Errors
    /// `ValueError` when there would be more permits than in the beginning.
    pub fn release(&self) -> Result {
        self.0.give_back()
    }
}
