//! A number that tasks share.

use crate::base_events::EventLoop;
use std::cell::Cell;
use std::rc::Rc;
use trace::{EventKind, ResourceId, ResourceKind, TaskId};

/// A number that tasks read and write, as a plain attribute or a global in Python: nothing of asyncio knows of it, but
/// whoever reads or writes it is told to the trace. Clones are the same number.
///
/// ```
/// use asyncio::{self, SharedValue, gather, sleep};
/// let counter = asyncio::run(async {
///     let counter = SharedValue::new(0);
///     let add = || {
///         let counter = counter.clone();
///         async move {
///             let seen = counter.get();
///             sleep(1.0).await?;
///             counter.set(seen + 1);
///             Ok(())
///         }
///     };
///     gather([add(), add()]).await?;
///     Ok(counter.get())
/// });
/// assert_eq!(counter.unwrap(), 1); // one of them is lost
/// ```
#[derive(Clone)]
pub struct SharedValue(Rc<Shared>);

struct Shared {
    event_loop: Rc<EventLoop>,
    id: ResourceId,
    value: Cell<i64>,
}

impl SharedValue {
    /// A number to begin with.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn new(value: i64) -> Self {
        let event_loop = EventLoop::running();
        let id = event_loop.new_resource(ResourceKind::Value);
        SharedValue(Rc::new(Shared { event_loop, id, value: Cell::new(value) }))
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        self.0.event_loop.name_resource(self.0.id, name);
        self
    }

    /// Reads it.
    pub fn get(&self) -> i64 {
        let value = self.0.value.get();
        self.emit(|id, task| EventKind::ValueRead { id, task, value: value as f64 });
        value
    }

    /// Writes it.
    pub fn set(&self, value: i64) {
        self.0.value.set(value);
        self.emit(|id, task| EventKind::ValueWritten { id, task, value: value as f64 });
    }

    fn emit(&self, kind: impl FnOnce(ResourceId, Option<TaskId>) -> EventKind) {
        let event_loop = &self.0.event_loop;
        event_loop.core.emit(|| kind(self.0.id, event_loop.current_id()));
    }
}
