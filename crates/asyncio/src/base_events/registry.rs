//! What exists of a program in all of its loops.

use super::EventLoop;
use crate::futures::AnyFuture;
use crate::tasks::{AnyTask, TaskNode};
use executor::Core;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// The closed loops of a program, and what its last collection of garbage has to look at.
#[derive(Default)]
pub(crate) struct Registry {
    /// Futures that were completed with an exception.
    failed: RefCell<Vec<Weak<dyn AnyFuture>>>,
    /// Tasks that keep something beyond their end.
    keeping: RefCell<Vec<Weak<dyn TaskNode>>>,
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

    /// Notes that a task keeps something beyond its end.
    pub(crate) fn keeps(&self, task: Weak<dyn TaskNode>) {
        push(&self.keeping, task);
    }

    /// Notes that a future was completed with an exception.
    pub(crate) fn failed(&self, future: Weak<dyn AnyFuture>) {
        push(&self.failed, future);
    }

    /// What the last collection of garbage finds, when all else is freed: what holds itself.
    pub(crate) fn collect_garbage(&self) {
        let tasks: Vec<_> = self.keeping.take().iter().filter_map(Weak::upgrade).collect();
        tasks.iter().for_each(|task| task.keep(None));
        drop(tasks);
        let failed = self.failed.take();
        failed.iter().filter_map(Weak::upgrade).for_each(|future| future.report_unretrieved());
    }
}

/// Adds one, having dropped what is left of freed ones now and then.
fn push<T: ?Sized>(places: &RefCell<Vec<Weak<T>>>, place: Weak<T>) {
    let mut places = places.borrow_mut();
    if places.len() == places.capacity() {
        places.retain(|place| place.strong_count() > 0);
    }
    places.push(place);
}

/// The tasks that are not done, of all loops and those too of the loops themselves, in the order of
/// creation.
pub(crate) fn pending_tasks(core: &Core) -> Vec<AnyTask> {
    let tasks = core
        .bodies()
        .into_iter()
        .filter_map(|body| body.as_any().downcast::<Rc<dyn TaskNode>>().ok());
    tasks.map(|task| AnyTask::from(*task)).filter(|task| !task.done()).collect()
}
