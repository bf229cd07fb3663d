//! What becomes of code that waits and is freed: `GeneratorExit` is raised in it.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use asyncio::{Error, Result, exit_is_raised, raise_exit};

use super::machine::Machine;

/// Raises `GeneratorExit` in code that is about to be freed.
pub fn free<F: Future + ?Sized>(machine: &Machine, code: Pin<&mut F>) {
    let end = machine.nested(|| raise_exit(code));
    drop(end);
}

/// Raises `GeneratorExit` in code that is closed. It may go on waiting; if not, what it raises instead
/// is an error.
pub fn close<T>(
    machine: &Machine,
    code: Pin<&mut (impl Future<Output = Result<T>> + ?Sized)>,
) -> Poll<Result> {
    match machine.nested(|| raise_exit(code)) {
        Poll::Pending => Poll::Pending,
        ended => Poll::Ready(match closed(ended) {
            Error::GeneratorExit(_) => Ok(()),
            error => Err(error),
        }),
    }
}

/// What is raised when code goes on waiting.
pub fn ignored() -> Error {
    Error::new("RuntimeError", "coroutine ignored GeneratorExit")
}

/// Polls a coroutine. If that raises `GeneratorExit` in it, it is closed, and whoever awaits it hears
/// of nothing else.
pub fn poll_or_close<T>(poll: impl FnOnce() -> Poll<Result<T>>) -> Poll<Result<T>> {
    let closing = exit_is_raised();
    let polled = poll();
    if !closing {
        return polled;
    }
    Poll::Ready(Err(closed(polled)))
}

/// What closing a coroutine raises: `GeneratorExit` where that has done its work.
fn closed<T>(polled: Poll<Result<T>>) -> Error {
    match polled {
        Poll::Pending => ignored(),
        Poll::Ready(Err(error)) if !error.is("StopIteration") && !error.is("GeneratorExit") => {
            error
        }
        // Another one for whoever awaits it.
        Poll::Ready(_) => Error::generator_exit().raised(),
    }
}
