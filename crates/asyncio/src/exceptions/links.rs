//! What an exception came of: `__context__` and `__cause__`.

use super::error::Error;
use super::exception::Exception;
use super::handled::being_handled;

/// What an exception came of.
#[derive(Default)]
pub(super) struct Links {
    context: Option<Error>,
    cause: Option<Error>,
    suppresses_context: bool,
}

impl Error {
    /// What was being handled when it was raised last: `__context__`.
    ///
    /// ```
    /// use asyncio::{Error, while_handling};
    /// let first = Error::new("KeyError", "'a'");
    /// let second = while_handling(&first, || Error::new("ValueError", "no such item"));
    /// assert!(second.context().unwrap().is_same(&first) && second.cause().is_none());
    /// ```
    pub fn context(&self) -> Option<Error> {
        self.object().links().borrow().as_ref()?.context.clone()
    }

    /// What it was raised from: `__cause__`.
    pub fn cause(&self) -> Option<Error> {
        self.object().links().borrow().as_ref()?.cause.clone()
    }

    /// Whether it was raised from something, or from `None`: `__suppress_context__`.
    pub fn suppresses_context(&self) -> bool {
        self.object().links().borrow().as_ref().is_some_and(|links| links.suppresses_context)
    }

    /// Sets [`Error::context`].
    pub fn set_context(&self, context: Option<Error>) {
        if context.is_some() || self.object().links().borrow().is_some() {
            let earlier = self.link(|links| std::mem::replace(&mut links.context, context));
            drop(earlier); // after the borrow has ended
        }
    }

    /// Sets [`Error::cause`]; the context is no longer shown.
    pub fn set_cause(&self, cause: Option<Error>) {
        let earlier = self.link(|links| {
            links.suppresses_context = true;
            std::mem::replace(&mut links.cause, cause)
        });
        drop(earlier); // after the borrow has ended
    }

    fn link<R>(&self, change: impl FnOnce(&mut Links) -> R) -> R {
        change(self.object().links().borrow_mut().get_or_insert_default())
    }

    /// The same with a cause, or with none where there might be one: what stands behind `from` in
    /// `raise … from …`.
    #[must_use]
    pub fn from_cause(self, cause: Option<&Error>) -> Self {
        self.set_cause(cause.cloned());
        self
    }

    /// A `RuntimeError` in the place of one that must not go further: that is its cause and its context.
    /// `stopiteration_error` of `Python/intrinsics.c`.
    pub fn replacing(error: Error, text: impl Into<String>) -> Self {
        let replacing = Error::from(Exception::new("RuntimeError", text));
        replacing.set_cause(Some(error.clone()));
        replacing.set_context(Some(error));
        replacing
    }

    /// The same as a `raise` statement raises it: what is being handled is its context from now on.
    /// `_PyErr_SetObject` of `Python/errors.c`.
    #[must_use]
    pub fn raised(self) -> Self {
        if let Some(handled) = being_handled() {
            self.chain(handled);
        }
        self
    }

    /// Sets what is being handled as the context, and breaks the chain of that where it would come back
    /// here.
    pub(super) fn chain(&self, handled: Error) {
        if self.is_same(&handled) {
            return;
        }
        // The second walker goes half as fast: they meet if the chain was a circle before.
        let (mut at, mut slow, mut slow_moves) = (handled.clone(), handled.clone(), false);
        while let Some(context) = at.context() {
            if context.is_same(self) {
                at.set_context(None);
                break;
            }
            at = context;
            if at.is_same(&slow) {
                break;
            }
            if slow_moves && let Some(next) = slow.context() {
                slow = next;
            }
            slow_moves = !slow_moves;
        }
        self.set_context(Some(handled));
    }
}
