//! The `CancelledError` of a future.

use crate::exceptions::Error;
use std::cell::Cell;
use std::rc::Rc;

/// What a cancelled future raises: `_make_cancelled_error`. Most have nothing special about them.
pub(crate) struct Cancellation(Option<Box<Special>>);

#[derive(Default)]
struct Special {
    /// The `CancelledError` that a task ended with; the first to ask gets it.
    own: Cell<Option<Error>>,
    /// The message for everybody after.
    message: Option<Rc<str>>,
}

impl Cancellation {
    /// Of a future that was cancelled with this message.
    pub(crate) fn with(message: Option<Rc<str>>) -> Self {
        let special = |message| Box::new(Special { message: Some(message), ..Special::default() });
        Cancellation(message.map(special))
    }

    /// Of a task whose coroutine raised this `CancelledError`.
    pub(crate) fn raised(own: Error) -> Self {
        Cancellation(Some(Box::new(Special { own: Cell::new(Some(own)), message: None })))
    }

    pub(super) fn message(&self) -> Option<&Rc<str>> {
        self.0.as_ref()?.message.as_ref()
    }

    pub(super) fn error(&self) -> Error {
        let own = self.0.as_ref().and_then(|special| special.own.take());
        own.unwrap_or_else(|| Error::cancelled(self.message().cloned()))
    }
}
