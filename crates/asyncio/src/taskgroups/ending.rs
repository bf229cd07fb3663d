//! How the tasks of a group end, and the group.

use super::task_group::{Entered, GroupState, TaskGroup};
use crate::exceptions::{Error, Exception, Result, repr_str};
use crate::futures::{Future, Role};
use crate::tasks::{AnyTask, TaskState};
use std::rc::Rc;
use trace::{Caller, GroupOp, Wait};

impl TaskGroup {
    /// `_on_task_done`.
    pub(super) fn child_done<T: Clone + 'static>(&self, task: &Future<T>) {
        let inner = &*self.0;
        if inner.tasks.borrow().is_empty()
            && let Some(completed) = &*inner.completed.borrow()
            && !completed.done()
        {
            let _ = completed.set_result(());
        }
        if task.cancelled() {
            return;
        }
        let Ok(Some(error)) = task.exception() else { return };
        inner.errors.borrow_mut().push(error.clone());
        self.note_base_error(&error);
        let Some(Entered { event_loop, parent }) = inner.entered.get() else { return };
        if parent.done() {
            let about = task.any().task_id();
            let context = task.task().map(|state| &state.context);
            event_loop.log_error(&orphaned(task, parent), about, Some(&error), context);
        } else if !inner.aborting.get() && !inner.parent_cancel_requested.get() {
            // The parent leaves what it does inside; on its way out it takes this request back.
            self.abort();
            inner.parent_cancel_requested.set(true);
            parent.cancel();
        }
    }

    fn note_base_error(&self, error: &Error) {
        let base = error.is("SystemExit") || error.is("KeyboardInterrupt");
        let mut first = self.0.base_error.borrow_mut();
        if base && first.is_none() {
            *first = Some(error.clone());
        }
    }

    fn abort(&self) {
        self.0.aborting.set(true);
        let tasks = self.0.tasks.borrow().clone();
        for (_, task) in tasks.iter().filter(|(_, task)| !task.is_done()) {
            task.cancel(None);
        }
    }

    /// `__aexit__`.
    pub(super) async fn leave<T>(&self, result: Result<T>, at: Caller) -> Result<T> {
        let inner = &*self.0;
        self.begin_to_leave(result.as_ref().err());
        let mut cancellation = result.as_ref().err().filter(|error| error.is_cancelled()).cloned();
        let mut waiting_cancelled = false;
        while let Some(completed) = self.to_wait_for() {
            let waited = completed.wait_as(self.cause(), at).await;
            if let Err(error) = &waited
                && !error.is_cancelled()
            {
                return Err(error.clone());
            }
            // A request that comes while the tasks are being cancelled already is passed over here.
            if let Err(error) = waited
                && !inner.aborting.get()
            {
                cancellation = Some(error);
                waiting_cancelled = true;
                self.abort();
            }
            inner.completed.take();
        }
        if let Some(error) = inner.base_error.borrow().clone() {
            return Err(error.raised());
        }
        let parent = inner.entered.get().map(|entered| &entered.parent);
        if let Some(parent) = parent
            && inner.parent_cancel_requested.get()
            && parent.uncancel() == 0
        {
            cancellation = None;
        }
        let kept = waiting_cancelled && cancellation.is_some();
        if let Some(cancellation) = cancellation
            && inner.errors.borrow().is_empty()
        {
            return Err(cancellation.raised());
        }
        let mut errors = inner.errors.take();
        if let Err(error) = &result
            && !error.is_cancelled()
        {
            errors.push(error.clone());
        }
        if errors.is_empty() {
            return result;
        }
        let Some(parent) = parent else {
            let text = "'NoneType' object has no attribute 'cancelling'";
            return Err(Error::new("AttributeError", text));
        };
        if parent.cancelling() > 0 {
            // Cancelled from outside as well: its next await raises that.
            parent.uncancel();
            parent.cancel();
        }
        let group = Error::from(Exception::group("unhandled errors in a TaskGroup", errors));
        if kept {
            self.stay(group.clone());
        }
        Err(group.from_cause(None).raised())
    }

    /// Stays, and so do the parent and what is raised, until the program ends: in CPython the cancellation's traceback
    /// holds the frame of `__aexit__`, and that the cancellation and the exceptions.
    fn stay(&self, raised: Error) {
        let Some(Entered { event_loop, .. }) = self.0.entered.get() else { return };
        let held = (self.clone(), raised);
        let handle = event_loop.core.handle(move || drop(held));
        *self.0.stays.borrow_mut() = Some(handle);
    }

    /// What happens at once when it is left.
    fn begin_to_leave(&self, error: Option<&Error>) {
        self.0.exiting.set(true);
        if let Some(error) = error {
            self.note_base_error(error);
            if !self.0.aborting.get() {
                self.abort();
            }
        }
    }

    /// The future that the last child completes; `None` when there is none left.
    fn to_wait_for(&self) -> Option<Future<()>> {
        let GroupState { entered, tasks, completed, .. } = &*self.0;
        if tasks.borrow().is_empty() {
            return None;
        }
        let event_loop = &entered.get()?.event_loop;
        let mut completed = completed.borrow_mut();
        Some(completed.get_or_insert_with(|| Future::new(event_loop.clone(), Role::Plain)).clone())
    }

    fn cause(&self) -> Wait {
        let tasks = self.0.tasks.borrow();
        Wait::on_tasks(GroupOp::TaskGroup, tasks.iter().map(|(id, _)| *id))
    }
}

/// What is logged of a child that raised after the parent had ended without leaving the group.
fn orphaned<T: Clone + 'static>(task: &Future<T>, parent: &AnyTask) -> String {
    let child = task.task().map_or_else(Rc::default, TaskState::name);
    format!(
        "Task <Task finished name={}> has errored out but its parent task <Task finished name={}> is \
         already completed",
        repr_str(&child),
        repr_str(&parent.name()),
    )
}

/// Begins to leave a group whose scope is dropped before its body has come to an end.
pub(super) struct LeftEarly<'a>(pub(super) &'a TaskGroup);

impl Drop for LeftEarly<'_> {
    fn drop(&mut self) {
        if !self.0.0.exiting.get() {
            self.0.begin_to_leave(Some(&Error::generator_exit()));
        }
    }
}
