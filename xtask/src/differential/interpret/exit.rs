//! What becomes of code that waits and is freed: `GeneratorExit` is raised in it.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use asyncio::{Error, Result, raise_exit};

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
        Poll::Ready(Err(error)) if !error.is("StopIteration") && !error.is("GeneratorExit") => {
            Poll::Ready(Err(error))
        }
        Poll::Ready(_) => Poll::Ready(Ok(())),
    }
}

/// What is raised when code goes on waiting.
pub fn ignored() -> Error {
    Error::new("RuntimeError", "coroutine ignored GeneratorExit")
}
