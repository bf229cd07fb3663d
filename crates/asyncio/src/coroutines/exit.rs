//! How CPython ends a coroutine that it frees where it waits: `GeneratorExit` is raised there.

use super::raising::closing;
use super::unheard::poll_unheard;
use crate::events::get_running_loop;
use crate::program::Program;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

/// Goes on with a future that waits by raising [`GeneratorExit`](crate::Error::GeneratorExit) where the
/// innermost await stands: `coroutine.close()`. No task hears of what it awaits from then on, so one
/// that is still pending can only be dropped. Without a running loop nothing happens.
///
/// In Rust a future that is dropped just ends. Front ends whose coroutines end as Python's call this
/// before they drop one.
///
/// ```
/// use asyncio::{self, Error, print, raise_exit, sleep};
/// use std::task::{Context, Poll, Waker};
/// let closed = asyncio::run(async {
///     let mut waiting = Box::pin(async { sleep(1.0).await });
///     let _ = waiting.as_mut().poll(&mut Context::from_waker(Waker::noop()));
///     Ok(matches!(raise_exit(waiting.as_mut()), Poll::Ready(Err(Error::GeneratorExit(_)))))
/// });
/// assert!(closed.unwrap());
/// ```
pub fn raise_exit<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    if Program::current().is_none() || get_running_loop().is_err() {
        return Poll::Pending;
    }
    closing(|| poll_unheard(future))
}
