//! What exists of a program in all of its loops.

use super::EventLoop;
use crate::tasks::{AnyTask, TaskNode};
use executor::Core;
use std::cell::RefCell;
use std::rc::Rc;

/// The loops of a program that were closed, until it ends.
#[derive(Default)]
pub(crate) struct Registry(RefCell<Vec<Rc<EventLoop>>>);

impl Registry {
    /// Notes that a loop was closed.
    pub(crate) fn closed(&self, event_loop: &Rc<EventLoop>) {
        self.0.borrow_mut().push(event_loop.clone());
    }

    /// The loops that were closed, which this forgets.
    pub(crate) fn take_closed(&self) -> Vec<Rc<EventLoop>> {
        self.0.take()
    }
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
