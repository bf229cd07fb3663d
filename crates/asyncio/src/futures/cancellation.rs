//! The `CancelledError` of a future.

use crate::exceptions::Error;
use std::cell::RefCell;
use std::rc::Rc;

/// What a cancelled future raises: `_make_cancelled_error`.
pub(crate) struct Cancellation {
    /// The `CancelledError` that a task ended with; the first to ask gets it.
    own: RefCell<Option<Error>>,
    /// The message for everybody after.
    pub(super) message: Option<Rc<str>>,
}

impl Cancellation {
    /// Of a future that was cancelled with this message.
    pub(crate) fn with(message: Option<Rc<str>>) -> Self {
        Cancellation { own: RefCell::default(), message }
    }

    /// Of a task whose coroutine raised this `CancelledError`.
    pub(crate) fn raised(own: Error) -> Self {
        Cancellation { own: RefCell::new(Some(own)), message: None }
    }

    pub(super) fn error(&self) -> Error {
        self.own.take().unwrap_or_else(|| Error::cancelled(self.message.clone()))
    }
}
