//! `asyncio.Event`.

use crate::coroutines::Coro;
use crate::futures::Future;
use crate::locks::Waiters;
use crate::mixins::LoopBound;
use std::cell::Cell;
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, EventKind, Op, ResourceId, ResourceKind, TaskId, Wait};

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
pub struct Event(Rc<EventState>);

struct EventState {
    bound: LoopBound,
    /// What the trace says a waiting task waits for.
    cause: Wait,
    /// Its resource in the trace, unless it is part of another object.
    id: Option<ResourceId>,
    set: Cell<bool>,
    waiters: Waiters,
}

impl Event {
    /// A flag that is not set.
    ///
    /// # Panics
    /// Outside of a run.
    #[expect(clippy::new_without_default, reason = "it needs a run")]
    pub fn new() -> Self {
        let bound = LoopBound::new();
        let id = bound.new_resource(ResourceKind::Flag);
        Event::within(bound, Wait::Resource { id, op: Op::Wait }, Some(id))
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        if let Some(id) = self.0.id {
            self.0.bound.name_resource(id, name);
        }
        self
    }

    /// A flag inside another object: waiting for it counts as that object's operation `op`.
    pub(crate) fn inside(id: ResourceId, op: Op) -> Self {
        Event::within(LoopBound::new(), Wait::Resource { id, op }, None)
    }

    fn within(bound: LoopBound, cause: Wait, id: Option<ResourceId>) -> Self {
        Event(Rc::new(EventState {
            bound,
            cause,
            id,
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
            self.emit(|id, task| EventKind::FlagSet { id, task });
            self.0.waiters.wake(usize::MAX, |_| {});
        }
    }

    /// Unsets it.
    pub fn clear(&self) {
        if self.0.set.replace(false) {
            self.emit(|id, task| EventKind::FlagCleared { id, task });
        }
    }

    fn emit(&self, kind: impl FnOnce(ResourceId, Option<TaskId>) -> EventKind) {
        if let Some(id) = self.0.id {
            self.0.bound.emit(|task| kind(id, task));
        }
    }

    /// Waits until it is set; at once when it is. Always true.
    ///
    /// # Errors
    /// The cancellation of the task that waits.
    #[track_caller]
    pub fn wait(&self) -> Coro<bool> {
        self.wait_at(Location::caller())
    }

    pub(crate) fn wait_at(&self, at: Caller) -> Coro<bool> {
        let event = self.clone();
        Coro::new("Event.wait", async move {
            if event.is_set() {
                return Ok(true);
            }
            let EventState { bound, waiters, .. } = &*event.0;
            let waiter = waiters.join(bound, || {
                waiters.repr_of("Event", if event.is_set() { "set" } else { "unset" })
            })?;
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

/// Whether the two are the same event.
impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
