//! Operations in which a task can be suspended.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use coroscope::asyncio::Result;

use super::machine::Machine;
use super::scope::Scope;

/// An operation that counts, when it was suspended and a cancellation ends it, with each frame that
/// is around it.
pub struct Leaf<F> {
    machine: Rc<Machine>,
    scope: Rc<Scope>,
    name: Cow<'static, str>,
    was_suspended: bool,
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
        Self { machine, scope, name: name.into(), was_suspended: false, future: Box::pin(future) }
    }
}

impl<F> Unpin for Leaf<F> {}

impl<T, F: Future<Output = Result<T>>> Future for Leaf<F> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let polled = self.future.as_mut().poll(cx);
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
