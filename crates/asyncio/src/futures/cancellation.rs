//! The `CancelledError` of a future.

use super::inner::End;
use crate::exceptions::{Error, Exception};
use std::cell::Cell;
use std::rc::Rc;

/// How a future was cancelled.
pub(crate) enum Cancellation {
    /// With this message, if any.
    With(Option<Rc<str>>),
    /// Of a task whose coroutine raised this `CancelledError`.
    Raised(Exception),
}

impl<T> From<Cancellation> for End<T> {
    fn from(cancellation: Cancellation) -> Self {
        match cancellation {
            Cancellation::With(None) => End::Cancelled,
            Cancellation::With(Some(message)) => End::CancelledWith(Box::new(message)),
            Cancellation::Raised(own) => End::CancelledBy(Cell::new(Some(own))),
        }
    }
}

impl<T> End<T> {
    pub(super) fn is_cancelled(&self) -> bool {
        !matches!(self, End::Finished(_))
    }

    /// The message for everybody, if it was cancelled with one.
    pub(super) fn message(&self) -> Option<&Rc<str>> {
        match self {
            End::CancelledWith(message) => Some(message),
            _ => None,
        }
    }

    /// What a cancelled future raises: `_make_cancelled_error`. Nothing where it ended otherwise.
    pub(super) fn cancelled_error(&self) -> Option<Error> {
        let own = match self {
            End::Finished(_) => return None,
            End::CancelledBy(own) => own.take(),
            End::Cancelled | End::CancelledWith(_) => None,
        };
        Some(own.map_or_else(|| Error::cancelled(self.message().cloned()), Error::Cancelled))
    }
}
