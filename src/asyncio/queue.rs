//! `asyncio.Queue`.

use super::Coro;
use super::error::{Error, Result};
use super::event::Event;
use super::event_loop::EventLoop;
use super::future::{Future, Role};
use crate::trace::{Cause, EventKind, ResourceId, ResourceKind, Whence};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::panic::Location;
use std::rc::Rc;

/// A queue of items between tasks, first in, first out; clones are the same queue. Follows `Queue`
/// of CPython 3.13 (`Lib/asyncio/queues.py`).
///
/// ```
/// use coroscope::asyncio::{self, Queue, create_task, sleep};
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
pub struct Queue<T>(Rc<Inner<T>>);

struct Inner<T> {
    event_loop: Rc<EventLoop>,
    id: ResourceId,
    maxsize: usize,
    items: RefCell<VecDeque<T>>,
    getters: Waiters,
    putters: Waiters,
    unfinished: Cell<usize>,
    finished: Event,
}

type Waiters = RefCell<VecDeque<Future<()>>>;

impl<T: 'static> Queue<T> {
    /// A queue that holds at most `maxsize` items; any number when it is 0.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn new(maxsize: usize) -> Self {
        let event_loop = EventLoop::running();
        let bound = (maxsize > 0).then_some(maxsize);
        let id = event_loop.new_resource(ResourceKind::Queue { bound });
        let finished = Event::inside(event_loop.clone(), id, "join");
        finished.set();
        Queue(Rc::new(Inner {
            event_loop,
            id,
            maxsize,
            items: RefCell::default(),
            getters: RefCell::default(),
            putters: RefCell::default(),
            unfinished: Cell::new(0),
            finished,
        }))
    }

    /// Most items it holds; 0 without a bound.
    pub fn maxsize(&self) -> usize {
        self.0.maxsize
    }

    /// Number of items in it.
    pub fn qsize(&self) -> usize {
        self.0.items.borrow().len()
    }

    /// Whether no item is in it.
    pub fn empty(&self) -> bool {
        self.0.items.borrow().is_empty()
    }

    /// Whether it holds as many items as it may.
    pub fn full(&self) -> bool {
        self.0.maxsize > 0 && self.qsize() >= self.0.maxsize
    }

    /// Puts an item, waiting while the queue is full.
    #[track_caller]
    pub fn put(&self, item: T) -> Coro<()> {
        let at = Location::caller();
        let queue = self.clone();
        Box::pin(async move {
            while queue.full() {
                queue.wait_in(Side::Put, at).await?;
            }
            queue.put_nowait(item)
        })
    }

    /// Puts an item at once.
    ///
    /// # Errors
    /// `QueueFull`.
    pub fn put_nowait(&self, item: T) -> Result {
        if self.full() {
            return Err(Error::new("QueueFull", ""));
        }
        let Inner { event_loop, id, items, unfinished, finished, .. } = &*self.0;
        items.borrow_mut().push_back(item);
        unfinished.set(unfinished.get() + 1);
        finished.clear();
        let (task, depth) = (event_loop.current_id(), self.qsize());
        event_loop.core.emit(|| EventKind::QueuePut { id: *id, task, depth });
        wake_up_next(&self.0.getters);
        Ok(())
    }

    /// Takes the oldest item, waiting while the queue is empty.
    #[track_caller]
    pub fn get(&self) -> Coro<T> {
        let at = Location::caller();
        let queue = self.clone();
        Box::pin(async move {
            while queue.empty() {
                queue.wait_in(Side::Get, at).await?;
            }
            queue.get_nowait()
        })
    }

    /// Takes the oldest item at once.
    ///
    /// # Errors
    /// `QueueEmpty`.
    pub fn get_nowait(&self) -> Result<T> {
        let item = self.0.items.borrow_mut().pop_front();
        let item = item.ok_or_else(|| Error::new("QueueEmpty", ""))?;
        let Inner { event_loop, id, .. } = &*self.0;
        let (task, depth) = (event_loop.current_id(), self.qsize());
        event_loop.core.emit(|| EventKind::QueueGot { id: *id, task, depth });
        wake_up_next(&self.0.putters);
        Ok(item)
    }

    /// Declares an item that was taken done.
    ///
    /// # Errors
    /// `ValueError` when every item has been declared done.
    pub fn task_done(&self) -> Result {
        let Inner { event_loop, id, unfinished, finished, .. } = &*self.0;
        let left = unfinished.get().checked_sub(1);
        let left =
            left.ok_or_else(|| Error::new("ValueError", "task_done() called too many times"))?;
        unfinished.set(left);
        let task = event_loop.current_id();
        event_loop.core.emit(|| EventKind::QueueTaskDone { id: *id, task, unfinished: left });
        if left == 0 {
            finished.set();
        }
        Ok(())
    }

    /// Waits until every item that was put has been declared done.
    #[track_caller]
    pub fn join(&self) -> Coro<()> {
        let at = Location::caller();
        let queue = self.clone();
        Box::pin(async move {
            if queue.0.unfinished.get() > 0 {
                queue.0.finished.wait_at(at).await?;
            }
            Ok(())
        })
    }

    fn waiters(&self, side: Side) -> &Waiters {
        match side {
            Side::Get => &self.0.getters,
            Side::Put => &self.0.putters,
        }
    }

    /// Waits until an item or a place may have come, which somebody else may have taken meanwhile.
    async fn wait_in(&self, side: Side, at: Whence) -> Result {
        let waiter: Future<()> = Future::new(self.0.event_loop.clone(), Role::Plain);
        self.waiters(side).borrow_mut().push_back(waiter.clone());
        let mut waiting =
            Waiting { queue: self.clone(), side, waiter: waiter.clone(), woken: false };
        let op = match side {
            Side::Get => "get",
            Side::Put => "put",
        };
        waiter.wait_as(Cause::Resource { id: self.0.id, op }, at).await?;
        waiting.woken = true;
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Side {
    Get,
    Put,
}

/// `_wakeup_next`: wakes the first waiter that is not done.
fn wake_up_next(waiters: &Waiters) {
    loop {
        let next = waiters.borrow_mut().pop_front();
        match next {
            Some(waiter) if waiter.done() => {}
            Some(waiter) => {
                let _ = waiter.set_result(());
                return;
            }
            None => return,
        }
    }
}

/// The `except` block of `get` and `put`.
struct Waiting<T: 'static> {
    queue: Queue<T>,
    side: Side,
    waiter: Future<()>,
    woken: bool,
}

impl<T: 'static> Drop for Waiting<T> {
    fn drop(&mut self) {
        if self.woken {
            return;
        }
        self.waiter.cancel();
        let waiters = self.queue.waiters(self.side);
        waiters.borrow_mut().retain(|waiter| *waiter != self.waiter);
        let possible = match self.side {
            Side::Get => !self.queue.empty(),
            Side::Put => !self.queue.full(),
        };
        if possible && !self.waiter.cancelled() {
            // Woken, but cancelled before it could act: the next in line may.
            wake_up_next(waiters);
        }
    }
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Queue(self.0.clone())
    }
}
