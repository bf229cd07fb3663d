//! What `async for` goes through.

use crate::coroutines::Coro;

/// An asynchronous iterator. Loop over one with
/// `while let Some(item) = iterator.next().await? { ... }`.
///
/// ```
/// use asyncio::{self, AsyncIterator, Coro, sleep};
/// use std::{cell::Cell, rc::Rc};
///
/// #[derive(Clone)]
/// struct Countdown(Rc<Cell<u32>>);
///
/// impl AsyncIterator for Countdown {
///     type Item = u32;
///
///     fn next(&self) -> Coro<Option<u32>> {
///         let left = self.0.clone();
///         Coro::new("Countdown.__anext__", async move {
///             sleep(1.0).await?;
///             Ok(left.get().checked_sub(1).inspect(|fewer| left.set(*fewer)))
///         })
///     }
/// }
///
/// let seen = asyncio::run(async {
///     let countdown = Countdown(Rc::new(Cell::new(3)));
///     let mut seen = Vec::new();
///     while let Some(n) = countdown.next().await? {
///         seen.push(n);
///     }
///     Ok(seen)
/// });
/// assert_eq!(seen.unwrap(), [2, 1, 0]);
/// ```
pub trait AsyncIterator {
    /// What it gives.
    type Item;

    /// The next item, `None` when there are no more: `__anext__`, where `None` stands for
    /// `StopAsyncIteration`.
    fn next(&self) -> Coro<Option<Self::Item>>;
}
