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

/// What an exception came of, then what that came of, and so on: each with the one that came of it.
pub(crate) struct Contexts {
    at: Error,
    /// It goes half as fast: the two meet if there is a circle.
    slow: Error,
    slow_moves: bool,
    circle: bool,
}

impl Contexts {
    pub(crate) fn of(error: &Error) -> Self {
        let (at, slow) = (error.clone(), error.clone());
        Contexts { at, slow, slow_moves: false, circle: false }
    }

    /// Whether it ended since it came round, where CPython would go round for ever.
    pub(crate) fn is_circle(&self) -> bool {
        self.circle
    }
}

impl Iterator for Contexts {
    type Item = (Error, Error);

    fn next(&mut self) -> Option<(Error, Error)> {
        let context = self.at.context().filter(|_| !self.circle)?;
        let of = std::mem::replace(&mut self.at, context.clone());
        self.circle = self.at.is_same(&self.slow);
        if self.slow_moves
            && let Some(next) = self.slow.context()
        {
            self.slow = next;
        }
        self.slow_moves = !self.slow_moves;
        Some((of, context))
    }
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
        let mut chain = Contexts::of(&handled);
        if let Some((at, _)) = chain.find(|(_, context)| context.is_same(self)) {
            at.set_context(None);
        }
        self.set_context(Some(handled));
    }
}
