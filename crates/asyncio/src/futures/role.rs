//! What a future stands for.

use super::any_future::{AnyFuture, Node};
use crate::freeing::LastFirst;
use std::cell::Cell;
use std::rc::Rc;
use trace::{GroupOp, Op, ResourceId, Wait};

/// What a future stands for: what cancelling it does, and what a task waits for that awaits it.
pub(crate) enum Role {
    Plain,
    /// Plain, but known to stand for something: what a task waits for that awaits it.
    For(Wait),
    /// A task's own.
    Task,
    Gathering(Gathering),
    /// A job in a pool.
    Job(ResourceId),
}

/// The part of `_GatheringFuture` that cancelling needs.
pub(crate) struct Gathering {
    pub(crate) children: LastFirst<Rc<dyn AnyFuture>>,
    pub(crate) cancel_requested: Rc<Cell<bool>>,
}

/// What a task waits for that awaits this future.
pub(crate) fn cause_of<T: 'static>(future: &dyn Node<T>) -> Wait {
    match future.role() {
        Role::Plain => Wait::Future,
        Role::For(cause) => cause.clone(),
        Role::Job(id) => Wait::Resource { id: *id, op: Op::RunInExecutor },
        Role::Task => future.task_id().map_or(Wait::Future, Wait::Task),
        Role::Gathering(gathering) => {
            let children = gathering.children.0.iter();
            let tasks = children.filter_map(|child| child.task_id()).collect();
            Wait::Tasks { op: GroupOp::Gather, tasks: Rc::new(tasks) }
        }
    }
}
