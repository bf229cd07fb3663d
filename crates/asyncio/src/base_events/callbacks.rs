//! Callbacks of the loop: `call_soon` and its like.

use super::EventLoop;
use crate::contextvars::{Context, OwnContext};
use crate::exceptions::{Error, Result, while_handling};
use executor::Handle;
use std::rc::Rc;
use trace::HandleKind;

impl EventLoop {
    /// Calls `callback` in the next turn: `loop.call_soon`. An error that it returns is logged.
    pub fn call_soon<R: CallbackResult>(
        self: &Rc<Self>,
        callback: impl FnOnce() -> R + 'static,
    ) -> Handle {
        self.core.call_soon_as(HandleKind::Callback, self.guard(callback))
    }

    /// Calls `callback` after `delay` seconds: `loop.call_later`.
    pub fn call_later<R: CallbackResult>(
        self: &Rc<Self>,
        delay: f64,
        callback: impl FnOnce() -> R + 'static,
    ) -> Handle {
        self.call_at(self.core.time() + delay, callback)
    }

    /// Calls `callback` once loop time is `when`, in seconds: `loop.call_at`.
    pub fn call_at<R: CallbackResult>(
        self: &Rc<Self>,
        when: f64,
        callback: impl FnOnce() -> R + 'static,
    ) -> Handle {
        self.core.call_at_as(HandleKind::Callback, when, self.guard(callback))
    }

    /// Calls `callback` in the next turn, in a context: `loop.call_soon(callback, context=context)`.
    pub fn call_soon_in<R: CallbackResult>(
        self: &Rc<Self>,
        context: Context,
        callback: impl FnOnce() -> R + 'static,
    ) -> Handle {
        self.core
            .call_soon_as(HandleKind::Callback, self.guard_in(OwnContext::of(context), callback))
    }

    /// Calls `callback` once loop time is `when`, in seconds, in a context:
    /// `loop.call_at(when, callback, context=context)`.
    pub fn call_at_in<R: CallbackResult>(
        self: &Rc<Self>,
        when: f64,
        context: Context,
        callback: impl FnOnce() -> R + 'static,
    ) -> Handle {
        let guarded = self.guard_in(OwnContext::of(context), callback);
        self.core.call_at_as(HandleKind::Callback, when, guarded)
    }

    pub(crate) fn guard<R: CallbackResult>(
        self: &Rc<Self>,
        callback: impl FnOnce() -> R + 'static,
    ) -> impl FnOnce() + 'static {
        self.guard_in(OwnContext::copied(), callback)
    }

    /// A callback that runs in a context, and whose errors are logged.
    pub(crate) fn guard_in<R: CallbackResult>(
        self: &Rc<Self>,
        context: OwnContext,
        callback: impl FnOnce() -> R + 'static,
    ) -> impl FnOnce() + 'static {
        let event_loop = Rc::downgrade(self);
        move || {
            let error = context.enter(|| callback().error());
            if let (Some(error), Some(event_loop)) = (error, event_loop.upgrade()) {
                event_loop.callback_failed(&error, &context);
            }
        }
    }
}

impl EventLoop {
    /// What becomes of what a callback raises: `Handle._run`.
    pub(crate) fn callback_failed(&self, error: &Error, context: &OwnContext) {
        if error.leaves_loop() {
            return self.leave_by(error);
        }
        while_handling(error, || {
            self.log_error("Exception in callback", None, Some(error), Some(context));
        });
    }
}

/// What a callback may return: nothing, or a [`Result`] whose error the loop logs as
/// `Exception in callback`.
pub trait CallbackResult {
    /// The error, if it is one.
    fn error(self) -> Option<Error>;
}

impl CallbackResult for () {
    fn error(self) -> Option<Error> {
        None
    }
}

impl CallbackResult for Result {
    fn error(self) -> Option<Error> {
        self.err()
    }
}
