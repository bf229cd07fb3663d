//! Futures whose type of value does not matter.

use super::cancellation::Cancellation;
use super::future::Future;
use super::inner::{Callback, CallbackId, End, FutureInner};
use crate::exceptions::{Error, Result};
use crate::freeing::Collectable;
use crate::tasks::{TaskNode, TaskState};
use executor::{Handle, Scheduled};
use std::any::Any;
use std::collections::HashSet;
use std::rc::Rc;
use trace::TaskId;

/// What futures and tasks are: a future with something around it.
pub(crate) trait Kind: 'static {
    type Value: Clone + 'static;

    fn inner(&self) -> &FutureInner<Self::Value>;

    /// What a task has besides.
    fn task(&self) -> Option<&TaskState> {
        None
    }

    /// The timer that completes it, where the two are one.
    fn timer(&self) -> Option<&Scheduled> {
        None
    }

    /// The same, whatever its type of value, if it is a task.
    fn as_task(self: Rc<Self>) -> Option<Rc<dyn TaskNode>> {
        None
    }
}

impl<T: Clone + 'static> Kind for FutureInner<T> {
    type Value = T;

    fn inner(&self) -> &FutureInner<T> {
        self
    }
}

impl Kind for Scheduled<FutureInner<()>> {
    type Value = ();

    fn inner(&self) -> &FutureInner<()> {
        self.callback()
    }

    fn timer(&self) -> Option<&Scheduled> {
        Some(self)
    }
}

/// A future with its result's type.
pub(crate) trait Node<T>: AnyFuture {
    fn inner(&self) -> &FutureInner<T>;
}

impl<K: Kind> Node<K::Value> for K {
    fn inner(&self) -> &FutureInner<K::Value> {
        Kind::inner(self)
    }
}

impl<T: 'static> std::ops::Deref for dyn Node<T> {
    type Target = FutureInner<T>;

    fn deref(&self) -> &FutureInner<T> {
        self.inner()
    }
}

/// A future whose type of value does not matter.
pub(crate) trait AnyFuture: Any + Collectable {
    fn cancel(&self, message: Option<Rc<str>>) -> bool;
    fn is_done(&self) -> bool;
    fn is_cancelled(&self) -> bool;
    /// What `__wakeup` gets when it asks for the result, and raises: what is cancelled raises, and what is no
    /// plain future or task.
    fn woken_error(&self) -> Option<Error>;
    /// [`Future::exception`].
    fn exception_any(&self) -> Result<Option<Error>>;
    /// The exception it ended with, cancellation not counting; counts as looking at it.
    fn failure(&self) -> Option<Error>;
    /// What a task has besides.
    fn state(&self) -> Option<&TaskState>;
    /// The same, if it is a task.
    fn into_task(self: Rc<Self>) -> Option<Rc<dyn TaskNode>>;
    fn task_id(&self) -> Option<TaskId>;
    fn on_done(&self, handle: Handle) -> CallbackId;
    /// Cancels the timer that it is, if it is one.
    fn cancel_timer(&self);
    fn forget(&self, id: CallbackId);
}

impl<K: Kind> AnyFuture for K {
    fn cancel(&self, message: Option<Rc<str>>) -> bool {
        let inner = self.inner();
        if !inner.is_pending() {
            if inner.gathering().is_none() {
                inner.unretrieved.set(false);
            }
            return false;
        }
        if let Some(task) = self.task() {
            return task.request_cancel(&inner.event_loop, message);
        }
        match inner.gathering() {
            Some(gathering) => {
                let mut any = false;
                for child in &gathering.children.0 {
                    any |= child.cancel(message.clone());
                }
                if any {
                    gathering.cancel_requested.set(true);
                }
                any
            }
            None => inner.try_finish(Cancellation::With(message).into()),
        }
    }

    fn is_done(&self) -> bool {
        !self.inner().is_pending()
    }

    fn is_cancelled(&self) -> bool {
        self.inner().is_cancelled()
    }

    fn woken_error(&self) -> Option<Error> {
        match self.inner().end()? {
            End::Finished(result) => {
                self.inner().unretrieved.set(false);
                let error = result.as_ref().err()?.clone();
                Some(if self.inner().gathering().is_some() { error.raised() } else { error })
            }
            cancelled => cancelled.cancelled_error().map(Error::raised),
        }
    }

    fn exception_any(&self) -> Result<Option<Error>> {
        match self.inner().end() {
            None => Err(Error::new("InvalidStateError", "Exception is not set.")),
            Some(End::Finished(result)) => {
                self.inner().unretrieved.set(false);
                Ok(result.as_ref().err().cloned())
            }
            Some(cancelled) => cancelled.cancelled_error().map_or(Ok(None), Err),
        }
    }

    fn failure(&self) -> Option<Error> {
        match self.inner().end() {
            Some(End::Finished(Err(error))) => {
                self.inner().unretrieved.set(false);
                Some(error.clone())
            }
            _ => None,
        }
    }

    fn state(&self) -> Option<&TaskState> {
        self.task()
    }

    fn into_task(self: Rc<Self>) -> Option<Rc<dyn TaskNode>> {
        self.as_task()
    }

    fn task_id(&self) -> Option<TaskId> {
        self.task().map(TaskState::id)
    }

    fn on_done(&self, handle: Handle) -> CallbackId {
        self.inner().add_callback(Callback::Call(handle))
    }

    fn cancel_timer(&self) {
        if let Some(timer) = self.timer() {
            timer.cancel();
        }
    }

    fn forget(&self, id: CallbackId) {
        self.inner().remove_callback(id);
    }
}

impl<K: Kind> Collectable for K {
    fn let_go(&self) {
        if let Some(task) = self.task() {
            task.let_go_beyond();
        }
    }

    fn tell(&self) {
        self.inner().tell_unretrieved(self.task());
    }
}

impl<T> FutureInner<T> {
    /// What CPython does when it frees it: says that it holds an exception that nobody has looked at.
    pub(crate) fn tell_unretrieved(&self, task: Option<&TaskState>) {
        if let Some(error) = self.take_unretrieved() {
            let message = format!("{} exception was never retrieved", self.class());
            let about = task.and_then(TaskState::traced_id);
            let context = task.map(|task| &task.context);
            self.event_loop.log_freed(&message, about, Some(&error), context);
        }
    }
}

/// A task has said it before, with what is known of it as a task.
impl<T> Drop for FutureInner<T> {
    fn drop(&mut self) {
        if self.is_unretrieved() {
            self.tell_unretrieved(None);
        }
    }
}

/// Those that are not the same future as one before them.
pub(crate) fn distinct<T, F: AsRef<Future<T>>>(futures: impl IntoIterator<Item = F>) -> Vec<F> {
    let mut seen = HashSet::new();
    let futures = futures.into_iter();
    futures.filter(|future| seen.insert(future.as_ref().place())).collect()
}
