//! Futures whose type of value does not matter.

use super::cancellation::Cancellation;
use super::future::Future;
use super::inner::{Callback, CallbackId, FutureInner, State};
use super::role::Role;
use crate::exceptions::{Error, Result};
use executor::Handle;
use std::any::Any;
use std::collections::HashSet;
use std::rc::Rc;
use trace::TaskId;

/// A future whose type of value does not matter.
pub(crate) trait AnyFuture: Any {
    fn cancel(&self, message: Option<Rc<str>>) -> bool;
    fn is_done(&self) -> bool;
    fn is_cancelled(&self) -> bool;
    /// Whether it is what `gather` gives.
    fn is_gathering(&self) -> bool;
    /// [`Future::exception`].
    fn exception_any(&self) -> Result<Option<Error>>;
    /// The exception it ended with, cancellation not counting; counts as looking at it.
    fn failure(&self) -> Option<Error>;
    fn task_id(&self) -> Option<TaskId>;
    /// The future itself, to look for its type.
    fn as_any(self: Rc<Self>) -> Rc<dyn Any>;
    fn on_done(&self, handle: Handle) -> CallbackId;
    fn forget(&self, id: CallbackId);
    /// Says that it holds an exception that nobody has looked at, if it does.
    fn report_unretrieved(&self);
}

impl<T: Clone + 'static> AnyFuture for FutureInner<T> {
    fn cancel(&self, message: Option<Rc<str>>) -> bool {
        if self.is_done() {
            if !matches!(self.role, Role::Gathering(_)) {
                self.unretrieved.set(false);
            }
            return false;
        }
        match &self.role {
            Role::Task(task) => task.request_cancel(&self.event_loop, message),
            Role::Gathering(gathering) => {
                let mut any = false;
                for child in &gathering.children.0 {
                    any |= child.cancel(message.clone());
                }
                if any {
                    gathering.cancel_requested.set(true);
                }
                any
            }
            _ => self.finish(State::Cancelled(Cancellation::with(message))).is_ok(),
        }
    }

    fn is_done(&self) -> bool {
        !matches!(*self.state.borrow(), State::Pending)
    }

    fn is_cancelled(&self) -> bool {
        matches!(*self.state.borrow(), State::Cancelled(_))
    }

    fn is_gathering(&self) -> bool {
        matches!(self.role, Role::Gathering(_))
    }

    fn exception_any(&self) -> Result<Option<Error>> {
        match &*self.state.borrow() {
            State::Pending => Err(Error::new("InvalidStateError", "Exception is not set.")),
            State::Cancelled(cancellation) => Err(cancellation.error()),
            State::Finished(result) => {
                self.unretrieved.set(false);
                Ok(result.as_ref().err().cloned())
            }
        }
    }

    fn failure(&self) -> Option<Error> {
        match &*self.state.borrow() {
            State::Finished(Err(error)) => {
                self.unretrieved.set(false);
                Some(error.clone())
            }
            _ => None,
        }
    }

    fn task_id(&self) -> Option<TaskId> {
        match &self.role {
            Role::Task(task) => Some(task.id()),
            _ => None,
        }
    }

    fn as_any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }

    fn on_done(&self, handle: Handle) -> CallbackId {
        self.add_callback(Callback::Call(handle))
    }

    fn forget(&self, id: CallbackId) {
        self.remove_callback(id);
    }

    fn report_unretrieved(&self) {
        self.tell_unretrieved();
    }
}

/// Those that are not the same future as one before them.
pub(crate) fn distinct<T, F: AsRef<Future<T>>>(futures: impl IntoIterator<Item = F>) -> Vec<F> {
    let mut seen = HashSet::new();
    let futures = futures.into_iter();
    futures.filter(|future| seen.insert(Rc::as_ptr(&future.as_ref().0))).collect()
}
