//! The coroutine of a task.

use super::coroutine::{Body, Coro};
use super::raising::closing;
use super::unheard::unheard;
use crate::exceptions::{Error, Result, frame};
use std::any::Any;
use std::rc::Rc;
use std::task::{Context, Poll};

/// What a task runs: most coroutines are no more than their body, and tasks are many.
pub(crate) enum Steps<T> {
    Plain(Body<T>),
    Whole(Box<Coro<T>>),
}

impl<T: 'static> From<Coro<T>> for Steps<T> {
    fn from(mut coroutine: Coro<T>) -> Self {
        match coroutine.take_plain() {
            Some(body) => Steps::Plain(body),
            None => Steps::Whole(Box::new(coroutine)),
        }
    }
}

impl<T: 'static> Steps<T> {
    /// Whether somebody else has begun it.
    pub(crate) fn is_begun(&self) -> bool {
        match self {
            Steps::Plain(_) => false,
            Steps::Whole(coroutine) => coroutine.is_begun(),
        }
    }

    /// Throws an exception into one that has not begun. Gives it back when it cannot be caught.
    pub(crate) fn throw(&mut self, error: Error) -> Option<Error> {
        match self {
            Steps::Plain(_) => Some(error),
            Steps::Whole(coroutine) => coroutine.throw(error),
        }
    }

    /// The next step, as the outermost frame of a task. One that has ended is to be dropped before its result is looked at: the frame is gone then.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<T>> {
        match self {
            Steps::Plain(body) => frame(|| body.as_mut().poll(cx)),
            Steps::Whole(coroutine) => coroutine.poll_outermost(cx),
        }
    }

    /// What an ended one still keeps alive, as long as its task is there.
    pub(crate) fn keeps(self) -> Option<Rc<dyn Any>> {
        match self {
            Steps::Plain(_) => None,
            Steps::Whole(mut coroutine) => coroutine.keeps(),
        }
    }

    /// Raises `GeneratorExit` where it waits, as when CPython frees it; what comes of that is nobody's.
    pub(crate) fn raise_exit(mut self) {
        let _ = closing(|| unheard(|cx| self.poll(cx)));
    }

    /// Ends one that has not begun: [`Coro::close`].
    pub(crate) fn close(self) -> Result {
        match self {
            Steps::Plain(_) => Ok(()),
            Steps::Whole(coroutine) => coroutine.close(),
        }
    }
}
