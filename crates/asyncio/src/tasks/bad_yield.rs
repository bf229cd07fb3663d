//! What becomes of a task whose awaitable yields something that asyncio does not know.

use super::sleep::give_way;
use crate::events;
use crate::exceptions::{Error, Result};
use crate::futures::take_thrown;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};
use trace::{Caller, Wait};

/// What an `__await__` of one's own comes to that yields neither nothing nor a future, but an object with this `repr()`:
/// the next step of the task raises `RuntimeError` there, as `task_step_handle_result_impl` of CPython 3.13 has it
/// (`Modules/_asynciomodule.c`).
///
/// ```
/// use asyncio::{self, bad_yield};
/// let ended = asyncio::run(async { bad_yield("42").await });
/// assert_eq!(ended.unwrap_err().to_string(), "RuntimeError: Task got bad yield: 42");
/// ```
///
/// # Panics
/// When polled without a running loop.
#[track_caller]
pub fn bad_yield(repr: &'static str) -> BadYield {
    BadYield { repr, at: Location::caller(), yielded: false }
}

/// What [`bad_yield`] gives.
pub struct BadYield {
    repr: &'static str,
    at: Caller,
    yielded: bool,
}

impl Future for BadYield {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        if !std::mem::replace(&mut self.yielded, true) {
            give_way(Wait::Future, self.at, cx);
            return Poll::Pending;
        }
        // A cancellation takes its place.
        let thrown = events::with_running(|event_loop| take_thrown(event_loop));
        let bad = || Error::new("RuntimeError", format!("Task got bad yield: {}", self.repr));
        Poll::Ready(Err(thrown.unwrap_or_else(bad)))
    }
}
