//! Wakers, for futures that know no other way to wake a task.
//!
//! Wakers must be `Send`, the ready queue is not: they leave word in a list that the executor looks at
//! when its flag is up. Most steps of tasks never touch the waker that they get, so all of them get the
//! same one; where a step has kept a copy, it stays that task's, and the next gets another.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};
use trace::TaskId;

/// Where wakers leave word.
#[derive(Default)]
pub(super) struct Woken {
    any: AtomicBool,
    tasks: Mutex<Vec<TaskId>>,
}

impl Woken {
    /// Whether any have left word.
    pub(super) fn any(&self) -> bool {
        self.any.load(Ordering::Acquire)
    }

    /// Those that have, in that order.
    pub(super) fn take(&self) -> Vec<TaskId> {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        self.any.store(false, Ordering::Release);
        std::mem::take(&mut tasks)
    }

    fn push(&self, task: TaskId) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.push(task);
        self.any.store(true, Ordering::Release);
    }
}

struct TaskWaker {
    task: AtomicU32,
    woken: Arc<Woken>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.push(TaskId(self.task.load(Ordering::Relaxed)));
    }
}

/// A waker, and the means to see whether somebody else has it too.
pub(super) struct OwnWaker {
    pub(super) waker: Waker,
    shared: Arc<TaskWaker>,
}

impl OwnWaker {
    pub(super) fn new(woken: &Arc<Woken>) -> Self {
        let shared = Arc::new(TaskWaker { task: AtomicU32::new(0), woken: woken.clone() });
        OwnWaker { waker: Waker::from(shared.clone()), shared }
    }

    /// Makes it that of another task; nobody else may have it.
    pub(super) fn assign(&self, task: TaskId) {
        self.shared.task.store(task.0, Ordering::Relaxed);
    }

    /// Whether somebody else has it.
    pub(super) fn is_kept(&self) -> bool {
        Arc::strong_count(&self.shared) > 2
    }
}
