//! `asyncio.Queue`.

use super::items::Items;
use super::waiting::Side;
use crate::coroutines::{Coro, Named, Short};
use crate::exceptions::{Error, Result};
use crate::locks::Event;
use crate::locks::Waiters;
use crate::mixins::LoopBound;
use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::Rc;
use trace::{EventKind, Op, ResourceId, ResourceKind};

/// A queue of items between tasks, first in, first out; clones are the same queue. Follows `Queue`
/// of CPython 3.13 (`Lib/asyncio/queues.py`).
///
/// ```
/// use asyncio::{self, Queue, create_task, sleep};
/// let items = asyncio::run(async {
///     let queue = Queue::new(1);
///     let producer = queue.clone();
///     create_task(async move {
///         for item in 0..3 {
///             producer.put(item).await?; // waits while the queue is full
///         }
///         Ok(())
///     });
///     let mut items = Vec::new();
///     for _ in 0..3 {
///         sleep(1.0).await?;
///         items.push(queue.get().await?);
///     }
///     Ok(items)
/// });
/// assert_eq!(items.unwrap(), [0, 1, 2]);
/// ```
pub struct Queue<T>(pub(super) Rc<QueueState<T>>);

pub(super) struct QueueState<T> {
    pub(super) bound: LoopBound,
    pub(super) id: ResourceId,
    pub(super) maxsize: i64,
    pub(super) items: Items<T>,
    pub(super) getters: Waiters,
    pub(super) putters: Waiters,
    /// Items put and not yet declared done.
    pub(super) unfinished: Cell<usize>,
    pub(super) finished: Event,
    pub(super) shut_down: Cell<bool>,
}

impl<T: 'static> Queue<T> {
    /// A queue that holds at most `maxsize` items, any integer; without a bound unless above 0.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn new(maxsize: impl TryInto<i64>) -> Self {
        Queue::of(maxsize, Items::Fifo(RefCell::default()))
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        self.0.bound.name_resource(self.0.id, name);
        self
    }

    pub(super) fn of(maxsize: impl TryInto<i64>, items: Items<T>) -> Self {
        let maxsize = maxsize.try_into().unwrap_or(i64::MAX);
        let most = usize::try_from(maxsize).ok().filter(|most| *most > 0);
        let bound = LoopBound::new();
        let id = bound.new_resource(ResourceKind::Queue { bound: most });
        let finished = Event::inside(id, Op::Join);
        finished.set();
        Queue(Rc::new(QueueState {
            bound,
            id,
            maxsize,
            items,
            getters: Waiters::default(),
            putters: Waiters::default(),
            unfinished: Cell::new(0),
            finished,
            shut_down: Cell::new(false),
        }))
    }

    /// Most items it holds; 0 or less without a bound.
    pub fn maxsize(&self) -> i64 {
        self.0.maxsize
    }

    /// Number of items in it.
    pub fn qsize(&self) -> usize {
        self.0.items.len()
    }

    /// Whether no item is in it.
    pub fn empty(&self) -> bool {
        self.qsize() == 0
    }

    /// Whether it holds as many items as it may.
    pub fn full(&self) -> bool {
        self.0.maxsize > 0 && self.qsize() as i64 >= self.0.maxsize
    }

    /// Puts an item, waiting while the queue is full.
    ///
    /// # Errors
    /// `QueueShutDown`; the cancellation of the task that waits.
    #[track_caller]
    pub fn put(&self, item: T) -> Coro<()> {
        let (queue, at) = (self.clone(), Location::caller());
        Coro::new("Queue.put", async move {
            while queue.full() {
                queue.check_open()?;
                queue.wait_in(Side::Put, at).await?;
            }
            queue.put_nowait(item)
        })
    }

    /// Puts an item at once.
    ///
    /// # Errors
    /// `QueueShutDown`, `QueueFull`; in a [`PriorityQueue`](crate::PriorityQueue) what comparing items
    /// raises.
    pub fn put_nowait(&self, item: T) -> Result {
        self.check_open()?;
        if self.full() {
            return Err(Error::new("QueueFull", ""));
        }
        let QueueState { bound, id, items, unfinished, finished, .. } = &*self.0;
        items.put(item)?;
        unfinished.set(unfinished.get() + 1);
        finished.clear();
        bound.emit(|task| EventKind::QueuePut { id: *id, task, depth: self.qsize() });
        self.0.getters.release_next();
        Ok(())
    }

    /// Takes the next item, waiting while the queue is empty.
    ///
    /// # Errors
    /// `QueueShutDown` when it is shut down and empty; the cancellation of the task that waits.
    #[track_caller]
    pub fn get(&self) -> Coro<T> {
        let (queue, at) = (self.clone(), Location::caller());
        Coro::new("Queue.get", async move {
            while queue.empty() {
                queue.check_open()?;
                queue.wait_in(Side::Get, at).await?;
            }
            queue.get_nowait()
        })
    }

    /// Takes the next item at once.
    ///
    /// # Errors
    /// `QueueEmpty`, or `QueueShutDown` when it is shut down and empty; in a
    /// [`PriorityQueue`](crate::PriorityQueue) what comparing items raises.
    pub fn get_nowait(&self) -> Result<T> {
        let QueueState { bound, id, items, putters, .. } = &*self.0;
        let Some(item) = items.get() else {
            self.check_open()?;
            return Err(Error::new("QueueEmpty", ""));
        };
        let item = item?;
        bound.emit(|task| EventKind::QueueGot { id: *id, task, depth: self.qsize() });
        putters.release_next();
        Ok(item)
    }

    /// Declares an item that was taken done.
    ///
    /// # Errors
    /// `ValueError` when every item has been declared done.
    pub fn task_done(&self) -> Result {
        let QueueState { bound, id, unfinished, finished, .. } = &*self.0;
        let left = unfinished.get().checked_sub(1);
        let left =
            left.ok_or_else(|| Error::new("ValueError", "task_done() called too many times"))?;
        unfinished.set(left);
        bound.emit(|task| EventKind::QueueTaskDone { id: *id, task, unfinished: left });
        if left == 0 {
            finished.set();
        }
        Ok(())
    }

    /// Waits until every item that was put has been declared done.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn join(&self) -> Coro<()> {
        let (queue, at) = (self.clone(), Location::caller());
        Coro::new("Queue.join", async move {
            if queue.0.unfinished.get() > 0 {
                queue.0.finished.wait_at(at).await?;
            }
            Ok(())
        })
    }

    /// Shuts the queue down: nothing can be put any more, and once it is empty nothing got. When
    /// `immediate` it is emptied at once, and the items count as done. Tasks that wait are woken.
    ///
    /// # Errors
    /// In a [`PriorityQueue`](crate::PriorityQueue) what comparing items raises while it is emptied.
    pub fn shutdown(&self, immediate: bool) -> Result {
        let QueueState {
            bound, id, items, getters, putters, unfinished, finished, shut_down, ..
        } = &*self.0;
        shut_down.set(true);
        bound.emit(|task| EventKind::QueueShutDown { id: *id, task, immediate });
        if immediate {
            while let Some(item) = items.get() {
                item?;
                unfinished.set(unfinished.get().saturating_sub(1));
            }
            if unfinished.get() == 0 {
                finished.set();
            }
        }
        while getters.release_next() {}
        while putters.release_next() {}
        Ok(())
    }

    fn check_open(&self) -> Result {
        if self.0.shut_down.get() { Err(Error::new("QueueShutDown", "")) } else { Ok(()) }
    }
}

impl<T: 'static> Short for Queue<T> {
    fn short(&self, deep: bool) -> String {
        Named(self.0.items.class()).short(deep)
    }
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Queue(self.0.clone())
    }
}

/// Whether the two are the same queue.
impl<T> PartialEq for Queue<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
