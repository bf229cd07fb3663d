//! `asyncio.Event`.

use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::futures::Future;
use crate::locks::Waiters;
use std::cell::Cell;
use std::panic::Location;
use std::rc::Rc;
use trace::{Cause, ResourceId, ResourceKind, Whence};

/// A flag that tasks wait for; clones are the same flag. Follows `Event` of CPython 3.13
/// (`Lib/asyncio/locks.py`).
///
/// ```
/// use asyncio::{self, Event, call_later};
/// let time = asyncio::run(async {
///     let event = Event::new();
///     let setter = event.clone();
///     call_later(2.0, move || setter.set());
///     event.wait().await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 2.0);
/// ```
#[derive(Clone)]
pub struct Event(Rc<Inner>);

struct Inner {
    event_loop: Rc<EventLoop>,
    /// What the trace says a waiting task waits for.
    cause: Cause,
    set: Cell<bool>,
    waiters: Waiters,
}

impl Event {
    /// A flag that is not set.
    ///
    /// # Panics
    /// Without a running loop.
    #[expect(clippy::new_without_default, reason = "it needs a running loop")]
    pub fn new() -> Self {
        let event_loop = EventLoop::running();
        let id = event_loop.new_resource(ResourceKind::Flag);
        Event::within(event_loop, Cause::Resource { id, op: "wait" })
    }

    /// A flag inside another object: waiting for it counts as that object's operation `op`.
    pub(crate) fn inside(event_loop: Rc<EventLoop>, id: ResourceId, op: &'static str) -> Self {
        Event::within(event_loop, Cause::Resource { id, op })
    }

    fn within(event_loop: Rc<EventLoop>, cause: Cause) -> Self {
        Event(Rc::new(Inner {
            event_loop,
            cause,
            set: Cell::new(false),
            waiters: Waiters::default(),
        }))
    }

    /// Whether it is set.
    pub fn is_set(&self) -> bool {
        self.0.set.get()
    }

    /// Sets it and wakes all tasks that wait for it.
    pub fn set(&self) {
        if !self.0.set.replace(true) {
            self.0.waiters.wake(usize::MAX, |_| {});
        }
    }

    /// Unsets it.
    pub fn clear(&self) {
        self.0.set.set(false);
    }

    /// Waits until it is set; at once when it is. Always true.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn wait(&self) -> Coro<bool> {
        self.wait_at(Location::caller())
    }

    pub(crate) fn wait_at(&self, at: Whence) -> Coro<bool> {
        let event = self.clone();
        Coro::new("Event.wait", async move {
            if event.is_set() {
                return Ok(true);
            }
            let waiter = event.0.waiters.join(&event.0.event_loop);
            let _leave = Leave { event: &event, waiter: waiter.clone() };
            waiter.wait_as(event.0.cause.clone(), at).await?;
            Ok(true)
        })
    }
}

/// The `finally` block of `wait`.
struct Leave<'a> {
    event: &'a Event,
    waiter: Future<()>,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.event.0.waiters.leave(&self.waiter);
    }
}
