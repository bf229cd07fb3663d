//! What the objects of one run share, and the loop that is running.

use super::future::AnyFuture;
use super::task::TaskState;
use crate::executor::{Core, Handle};
use crate::trace::{EventKind, ResourceId, ResourceKind, TaskId};
use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::rc::{Rc, Weak};

/// The event loop of one run.
pub(super) struct EventLoop {
    pub(super) core: Rc<Core>,
    /// The task whose step is running.
    pub(super) current: RefCell<Option<Rc<TaskState>>>,
    /// Tasks that got no name of their own, as CPython counts them.
    unnamed: Cell<u32>,
    resources: Cell<u32>,
    /// All tasks, in the order of creation.
    tasks: RefCell<Vec<Weak<dyn AnyFuture>>>,
}

thread_local! {
    static RUNNING: RefCell<Vec<Rc<EventLoop>>> = const { RefCell::new(Vec::new()) };
}

impl EventLoop {
    pub(super) fn new(core: Rc<Core>) -> Rc<Self> {
        Rc::new(EventLoop {
            core,
            current: RefCell::default(),
            unnamed: Cell::new(0),
            resources: Cell::new(0),
            tasks: RefCell::default(),
        })
    }

    /// The running loop.
    ///
    /// # Panics
    /// When none runs: `RuntimeError: no running event loop` in Python.
    pub(super) fn running() -> Rc<EventLoop> {
        RUNNING.with(|running| running.borrow().last().cloned()).expect("no running event loop")
    }

    /// Runs `body` with this as the running loop.
    pub(super) fn enter<R>(self: &Rc<Self>, body: impl FnOnce() -> R) -> R {
        struct Leave;
        impl Drop for Leave {
            fn drop(&mut self) {
                RUNNING.with(|running| running.borrow_mut().pop());
            }
        }
        RUNNING.with(|running| running.borrow_mut().push(self.clone()));
        let _leave = Leave;
        body()
    }

    pub(super) fn current(&self) -> Option<Rc<TaskState>> {
        self.current.borrow().clone()
    }

    pub(super) fn current_id(&self) -> Option<TaskId> {
        self.current.borrow().as_ref().map(|task| task.id())
    }

    /// The next `Task-N`.
    pub(super) fn default_name(&self) -> String {
        self.unnamed.set(self.unnamed.get() + 1);
        format!("Task-{}", self.unnamed.get())
    }

    pub(super) fn register_task(&self, task: Weak<dyn AnyFuture>) {
        self.tasks.borrow_mut().push(task);
    }

    /// The tasks that are not done, in the order of creation.
    pub(super) fn pending_tasks(&self) -> Vec<Rc<dyn AnyFuture>> {
        let tasks = self.tasks.borrow();
        tasks.iter().filter_map(Weak::upgrade).filter(|task| !task.is_done()).collect()
    }

    pub(super) fn new_resource(&self, kind: ResourceKind) -> ResourceId {
        let id = ResourceId(self.resources.get());
        self.resources.set(id.0 + 1);
        self.core.emit(|| EventKind::ResourceCreated { id, kind });
        id
    }
}

/// Loop time in seconds: `loop.time()`.
///
/// # Panics
/// Without a running loop.
pub fn time() -> f64 {
    EventLoop::running().core.time()
}

/// Prints a line: Python's `print`. It goes to the trace, with the time and the task.
///
/// # Panics
/// Without a running loop.
pub fn print(text: impl Display) {
    let event_loop = EventLoop::running();
    event_loop.core.emit(|| EventKind::Printed {
        task: event_loop.current_id(),
        text: text.to_string().into(),
    });
}

/// Holds the loop for `seconds`: Python's `time.sleep` inside a coroutine.
///
/// # Panics
/// Without a running loop.
pub fn time_sleep(seconds: f64) {
    EventLoop::running().core.block(seconds);
}

/// The name of the task that is running, if one is: `current_task().get_name()`.
///
/// # Panics
/// Without a running loop.
pub fn current_task_name() -> Option<Rc<str>> {
    EventLoop::running().current().map(|task| task.name())
}

/// Calls `callback` in the next turn: `loop.call_soon`.
///
/// # Panics
/// Without a running loop.
pub fn call_soon(callback: impl FnOnce() + 'static) -> Handle {
    EventLoop::running().core.call_soon(callback)
}

/// Calls `callback` after `delay` seconds: `loop.call_later`.
///
/// # Panics
/// Without a running loop.
pub fn call_later(delay: f64, callback: impl FnOnce() + 'static) -> Handle {
    EventLoop::running().core.call_later(delay, callback)
}

/// Calls `callback` once loop time is `when`, in seconds: `loop.call_at`.
///
/// # Panics
/// Without a running loop.
pub fn call_at(when: f64, callback: impl FnOnce() + 'static) -> Handle {
    EventLoop::running().core.call_at(when, callback)
}
