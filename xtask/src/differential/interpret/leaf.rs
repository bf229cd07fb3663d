//! Operations in which a task can be suspended.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use asyncio::Result;

use super::exit::free;
use super::machine::Machine;
use super::scope::Scope;

/// An operation that counts, when it was suspended and a cancellation ends it, with each frame that
/// is around it.
pub struct Leaf<F: Future> {
    machine: Rc<Machine>,
    scope: Rc<Scope>,
    name: Cow<'static, str>,
    was_suspended: bool,
    ended: bool,
    future: Pin<Box<F>>,
}

impl<T, F: Future<Output = Result<T>>> Leaf<F> {
    /// The operation `name` in `scope`.
    pub fn new(
        machine: &Rc<Machine>,
        scope: &Rc<Scope>,
        name: impl Into<Cow<'static, str>>,
        future: F,
    ) -> Self {
        let (machine, scope) = (machine.clone(), scope.clone());
        let (was_suspended, ended, future) = (false, false, Box::pin(future));
        Self { machine, scope, name: name.into(), was_suspended, ended, future }
    }
}

impl<F: Future> Unpin for Leaf<F> {}

impl<T, F: Future<Output = Result<T>>> Future for Leaf<F> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let polled = self.future.as_mut().poll(cx);
        self.ended = polled.is_ready();
        match &polled {
            Poll::Pending => self.was_suspended = true,
            Poll::Ready(Err(error)) if self.was_suspended && error.is_cancelled() => {
                self.scope.frames(|frame| self.machine.count_pair(frame, &self.name));
            }
            Poll::Ready(_) => {}
        }
        polled
    }
}

impl<F: Future> Drop for Leaf<F> {
    fn drop(&mut self) {
        if self.was_suspended && !self.ended && !self.machine.is_forgetting() {
            free(&self.machine, self.future.as_mut());
        }
    }
}
