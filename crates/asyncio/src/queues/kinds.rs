//! `asyncio.LifoQueue` and `asyncio.PriorityQueue`.

use super::items::Items;
use super::queue::Queue;
use crate::exceptions::Result;
use std::cell::RefCell;
use std::ops::Deref;

/// A [`Queue`] that gives the newest item first; clones are the same queue. It has the methods of
/// `Queue`, which it is but for the order. Follows `LifoQueue` of CPython 3.13
/// (`Lib/asyncio/queues.py`).
///
/// ```
/// use asyncio::{self, LifoQueue};
/// let newest = asyncio::run(async {
///     let queue = LifoQueue::new(0);
///     for item in ["first", "second"] {
///         queue.put(item).await?;
///     }
///     queue.get().await
/// });
/// assert_eq!(newest.unwrap(), "second");
/// ```
pub struct LifoQueue<T>(Queue<T>);

impl<T: 'static> LifoQueue<T> {
    /// A queue that holds at most `maxsize` items, any integer; without a bound unless above 0.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn new(maxsize: impl TryInto<i64>) -> Self {
        LifoQueue(Queue::of(maxsize, Items::Lifo(RefCell::default())))
    }
}

/// A [`Queue`] that gives the least item first; clones are the same queue. It has the methods of
/// `Queue`, which it is but for the order. Items that compare equal come in the order in which
/// CPython's heap gives them. Follows `PriorityQueue` of CPython 3.13 (`Lib/asyncio/queues.py`).
///
/// ```
/// use asyncio::{self, PriorityQueue};
/// let first = asyncio::run(async {
///     let queue = PriorityQueue::new(0);
///     for item in [(2, "later"), (1, "first")] {
///         queue.put(item).await?;
///     }
///     queue.get().await
/// });
/// assert_eq!(first.unwrap(), (1, "first"));
/// ```
pub struct PriorityQueue<T>(Queue<T>);

impl<T: PartialOrd + 'static> PriorityQueue<T> {
    /// A queue that holds at most `maxsize` items, any integer; without a bound unless above 0.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn new(maxsize: impl TryInto<i64>) -> Self {
        PriorityQueue::ordered_by(maxsize, |a, b| Ok(a < b))
    }
}

impl<T: 'static> PriorityQueue<T> {
    /// A queue with an order of its own: `less` says whether one item comes before another. Where it
    /// raises, so does the operation that compared.
    ///
    /// ```
    /// use asyncio::{self, Error, PriorityQueue};
    /// let error = asyncio::run(async {
    ///     let queue = PriorityQueue::ordered_by(0, |_: &(), _: &()| {
    ///         Err(Error::new("TypeError", "no order"))
    ///     });
    ///     queue.put_nowait(())?;
    ///     Ok(queue.put_nowait(()).unwrap_err())
    /// });
    /// assert_eq!(error.unwrap().repr(), "TypeError('no order')");
    /// ```
    ///
    /// # Panics
    /// Outside of a run.
    pub fn ordered_by(
        maxsize: impl TryInto<i64>,
        less: impl Fn(&T, &T) -> Result<bool> + 'static,
    ) -> Self {
        PriorityQueue(Queue::of(maxsize, Items::Heap(RefCell::default(), Box::new(less))))
    }
}

impl<T: 'static> LifoQueue<T> {
    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        LifoQueue(self.0.named(name))
    }
}

impl<T> Deref for LifoQueue<T> {
    type Target = Queue<T>;

    fn deref(&self) -> &Queue<T> {
        &self.0
    }
}

impl<T: 'static> PriorityQueue<T> {
    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        PriorityQueue(self.0.named(name))
    }
}

impl<T> Deref for PriorityQueue<T> {
    type Target = Queue<T>;

    fn deref(&self) -> &Queue<T> {
        &self.0
    }
}

impl<T> Clone for LifoQueue<T> {
    fn clone(&self) -> Self {
        LifoQueue(self.0.clone())
    }
}

impl<T> Clone for PriorityQueue<T> {
    fn clone(&self) -> Self {
        PriorityQueue(self.0.clone())
    }
}
