//! `GeneratorExit` in coroutines that wait, and other exceptions that are thrown into them: `gen_close` and
//! `_gen_throw` of `Objects/genobject.c`.
//!
//! What is thrown goes to the innermost await. `GeneratorExit` does not: what a frame awaits is closed first,
//! from the inside out, each by a `GeneratorExit` of its own, and the one that was thrown is raised in the
//! outermost frame alone.

use super::unheard::unheard;
use crate::exceptions::{Error, Result};
use std::cell::{Cell, RefCell};
use std::task::{Context, Poll};

/// Whether the innermost await that is polled next raises something.
#[derive(Clone, Copy, PartialEq)]
enum Raises {
    Nothing,
    /// What was thrown, through all frames.
    Thrown,
    /// `GeneratorExit`: all frames are closed, but for the outermost if one was thrown.
    Exit,
}

thread_local! {
    /// Asked at each step of a coroutine.
    static RAISES: Cell<Raises> = const { Cell::new(Raises::Nothing) };
    /// What was thrown, until a frame takes it.
    static THROWN: RefCell<Option<Error>> = const { RefCell::new(None) };
}

/// Polls with something to be raised.
fn raising<R>(raises: Raises, thrown: Option<Error>, poll: impl FnOnce() -> R) -> R {
    struct Restore(Raises, Option<Error>);
    impl Drop for Restore {
        fn drop(&mut self) {
            RAISES.set(self.0);
            let inner = THROWN.replace(self.1.take());
            drop(inner); // after the borrow has ended
        }
    }
    let _restore = Restore(RAISES.replace(raises), THROWN.replace(thrown));
    poll()
}

/// Closes what is polled.
pub(super) fn closing<R>(poll: impl FnOnce() -> R) -> R {
    raising(Raises::Exit, None, poll)
}

/// Polls the outermost frame of a task whose step raises this `GeneratorExit`: `coroutine.throw(error)`.
pub(crate) fn throw_exit<R>(error: Error, poll: impl FnOnce() -> R) -> R {
    raising(Raises::Exit, Some(error), poll)
}

/// Polls a future and raises `error` where its innermost await stands: `coroutine.throw(error)`.
pub(crate) fn throw<T>(error: Error, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
    raising(Raises::Thrown, Some(error), poll)
}

/// Whether something is raised at the innermost await, and has not come there yet.
pub(crate) fn is_raising() -> bool {
    RAISES.get() != Raises::Nothing
}

/// Whether that is `GeneratorExit`, because everything that is polled is closed.
pub(crate) fn is_closing() -> bool {
    RAISES.get() == Raises::Exit
}

/// Takes what an await is to raise, if it is.
pub(crate) fn take_raised() -> Option<Error> {
    if RAISES.replace(Raises::Nothing) == Raises::Nothing {
        return None;
    }
    Some(THROWN.take().unwrap_or_else(|| Error::generator_exit().raised()))
}

/// Polls what a coroutine awaits. When it is closed, whoever awaits it hears of nothing else;
/// `is_method` says whether it is a method of an asynchronous generator, whose end of an iteration is an
/// end as well, and `again` whether what goes on waiting all the same is closed once more, as whoever awaited it lets
/// go of it: `_PyGen_Finalize`. Bodies that do so themselves when they are dropped are not.
pub(super) fn poll_awaited<T>(
    (is_method, again): (bool, bool),
    cx: &mut Context<'_>,
    mut poll: impl FnMut(&mut Context<'_>) -> Poll<Result<T>>,
) -> Poll<Result<T>> {
    if !is_closing() {
        return poll(cx);
    }
    let given = THROWN.take();
    let polled = match given {
        // The task hears only of what its outermost frame awaits.
        Some(_) => unheard(&mut poll),
        None => poll(cx),
    };
    if again && polled.is_pending() {
        let freed = closing(|| unheard(&mut poll));
        drop(freed);
    }
    Poll::Ready(Err(closed(is_method, given, polled.map(|result| result.err()))))
}

/// What is raised where somebody awaits a coroutine that was closed, and came to this.
#[cold]
fn closed(is_method: bool, given: Option<Error>, end: Poll<Option<Error>>) -> Error {
    match end {
        Poll::Pending => Error::new("RuntimeError", "coroutine ignored GeneratorExit"),
        Poll::Ready(Some(error)) if !is_closed_by(&error, is_method) => error,
        Poll::Ready(_) => given.unwrap_or_else(|| Error::generator_exit().raised()),
    }
}

/// Whether this says no more than that a coroutine has ended.
fn is_closed_by(error: &Error, is_method: bool) -> bool {
    error.is("GeneratorExit")
        || error.is("StopIteration")
        || is_method && error.is("StopAsyncIteration")
}
