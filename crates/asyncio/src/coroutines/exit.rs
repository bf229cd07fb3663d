//! How CPython ends a coroutine that it frees where it waits: `GeneratorExit` is raised there.

use super::unheard::poll_unheard;
use crate::events::get_running_loop;
use crate::exceptions::Error;
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
    let (Some(program), Ok(_)) = (Program::current(), get_running_loop()) else {
        return Poll::Pending;
    };
    let outer = (program.exit_raised.replace(true), program.raised.take());
    let polled = poll_unheard(future);
    program.exit_raised.set(outer.0);
    program.raised.replace(outer.1);
    polled
}

/// Whether [`raise_exit`] has not come to the innermost await yet.
pub fn exit_is_raised() -> bool {
    Program::current()
        .is_some_and(|program| program.exit_raised.get() && program.raised.borrow().is_none())
}

/// Polls a future and raises `error` where its innermost await stands: `coroutine.throw(error)`.
pub(crate) fn throw<T>(error: Error, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
    let Some(program) = Program::current() else { return poll() };
    let outer = (program.exit_raised.replace(true), program.raised.replace(Some(error)));
    let polled = poll();
    program.exit_raised.set(outer.0);
    program.raised.replace(outer.1);
    polled
}
