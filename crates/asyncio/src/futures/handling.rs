//! Code that handles an exception.

use super::thrown::step_throws;
use crate::exceptions::{Error, Result, handles};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs `future` as the handler of an exception, which is the context of what is raised there: an
/// `except`, a `finally` that an exception has led to, or the `__aexit__` of a block that it leaves.
///
/// ```
/// use asyncio::{self, Error, handling};
/// let error = asyncio::run(async {
///     let first = Error::new("KeyError", "'a'");
///     let second = handling(&first, async { Err::<(), _>(Error::new("ValueError", "")) }).await;
///     Ok(second.unwrap_err())
/// });
/// assert!(error.unwrap().context().unwrap().is("KeyError"));
/// ```
pub fn handling<F: Future>(error: &Error, future: F) -> Handling<F> {
    Handling { error: Some(error.clone()), future: Box::pin(future) }
}

/// The same where there may be nothing to handle: what a block does however it is left.
pub fn finishing<T, F: Future>(result: &Result<T>, future: F) -> Handling<F> {
    Handling { error: result.as_ref().err().cloned(), future: Box::pin(future) }
}

/// A handler that runs; see [`handling`].
pub struct Handling<F> {
    error: Option<Error>,
    future: Pin<Box<F>>,
}

impl<F> Unpin for Handling<F> {}

impl<F: Future> Future for Handling<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let _handles = self.error.as_ref().map(|error| handles(error, !step_throws()));
        self.future.as_mut().poll(cx)
    }
}
