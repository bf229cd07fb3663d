//! A task's place in the executor, and its waker.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};
use trace::{Actor, Caller, HandleId, TaskId, Wait};

/// What a task waits for and where, as it said so itself.
pub(super) type Waiting = (Wait, Option<Caller>);

/// What a task runs.
pub(super) type TaskFuture = Pin<Box<dyn Future<Output = ()>>>;

/// A task that has not finished.
pub(super) struct Task {
    pub(super) name: Rc<str>,
    /// Out of its place while it is polled.
    pub(super) future: Option<TaskFuture>,
    pub(super) waker: Waker,
    pub(super) queued: Arc<TaskWaker>,
    pub(super) wait: Option<Waiting>,
    /// What the trace calls the step that is ready, of a task that it does not show.
    pub(super) handle: HandleId,
}

/// Where wakers leave word. Wakers must be `Send`, the ready queue is not: the executor moves these
/// to the ready queue, in order, before anything else enters it.
#[derive(Default)]
pub(super) struct Woken(Mutex<WokenInner>);

#[derive(Default)]
struct WokenInner {
    tasks: Vec<(TaskId, Option<Actor>)>,
    source: Option<Actor>,
}

impl Woken {
    pub(super) fn set_source(&self, source: Actor) {
        self.lock().source = Some(source);
    }

    pub(super) fn take(&self) -> Vec<(TaskId, Actor)> {
        let tasks = std::mem::take(&mut self.lock().tasks);
        tasks.into_iter().map(|(task, by)| (task, by.unwrap_or(Actor::Outside))).collect()
    }

    fn push(&self, task: TaskId) {
        let mut inner = self.lock();
        let source = inner.source;
        inner.tasks.push((task, source));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, WokenInner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The waker of one task.
pub(super) struct TaskWaker {
    pub(super) id: TaskId,
    /// A task is in the ready queue at most once.
    pub(super) queued: AtomicBool,
    pub(super) woken: Arc<Woken>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.queued.swap(true, Ordering::Relaxed) {
            self.woken.push(self.id);
        }
    }
}
