//! What exists of a program in all of its loops.

use super::EventLoop;
use crate::futures::AnyFuture;
use crate::tasks::{AnyTask, TaskState};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// The tasks of a program, its closed loops, and futures that failed.
#[derive(Default)]
pub(crate) struct Registry {
    /// Futures that were completed with an exception.
    failed: RefCell<Vec<Weak<dyn AnyFuture>>>,
    /// All tasks, in the order of creation; those of loops themselves too.
    tasks: RefCell<Vec<Weak<TaskState>>>,
    tasks_kept: Cell<usize>,
    /// Loops that were closed, until the program ends.
    closed: RefCell<Vec<Rc<EventLoop>>>,
}

impl Registry {
    /// Notes that a loop was closed.
    pub(crate) fn closed(&self, event_loop: &Rc<EventLoop>) {
        self.closed.borrow_mut().push(event_loop.clone());
    }

    /// The loops that were closed, which this forgets.
    pub(crate) fn take_closed(&self) -> Vec<Rc<EventLoop>> {
        self.closed.take()
    }

    /// Notes that a task was made.
    pub(crate) fn add_task(&self, task: &Rc<TaskState>) {
        let mut tasks = self.tasks.borrow_mut();
        if tasks.len() >= self.tasks_kept.get() {
            // What is left of ended ones goes now and then.
            tasks.retain(|task| task.strong_count() > 0);
            self.tasks_kept.set(64.max(tasks.len() * 2));
        }
        tasks.push(Rc::downgrade(task));
    }

    /// The tasks that are not done, of all loops, in the order of creation.
    pub(crate) fn pending_tasks(&self) -> Vec<AnyTask> {
        let mut tasks = self.all_pending_tasks();
        tasks.retain(|task| !task.is_hidden());
        tasks
    }

    /// The same, with those of the loops themselves.
    pub(crate) fn all_pending_tasks(&self) -> Vec<AnyTask> {
        let mut tasks = self.tasks.borrow_mut();
        tasks.retain(|task| task.strong_count() > 0);
        let states: Vec<_> = tasks.iter().filter_map(Weak::upgrade).collect();
        drop(tasks);
        let handles = states.iter().filter_map(AnyTask::of);
        handles.filter(|task| !task.done()).collect()
    }

    /// Notes that a future was completed with an exception.
    pub(crate) fn failed(&self, future: Weak<dyn AnyFuture>) {
        let mut failed = self.failed.borrow_mut();
        if failed.len() == failed.capacity() {
            failed.retain(|future| future.strong_count() > 0);
        }
        failed.push(future);
    }

    /// What the last collection of garbage finds, when all else is freed: what holds itself.
    pub(crate) fn collect_garbage(&self) {
        let states: Vec<_> = self.tasks.borrow().iter().filter_map(Weak::upgrade).collect();
        states.iter().for_each(|task| task.keep(None));
        drop(states);
        let failed = self.failed.take();
        failed.iter().filter_map(Weak::upgrade).for_each(|future| future.report_unretrieved());
    }
}
