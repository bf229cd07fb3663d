//! asyncio's objects on our executor, with CPython 3.13's order of wake-ups.
//!
//! Programs read like asyncio. A coroutine is a Rust `async fn` that returns [`Result`]; awaiting it
//! runs it inside the present task, as in Python; [`create_task`] and [`gather`] make tasks. An
//! exception or a cancellation is an `Err` that `?` passes on, and that can be caught, and cleaned up
//! after with further awaits, where Python's `try` would.
//!
//! Resuming after a future completes costs as many turns of the loop as in CPython, so tasks run in
//! the same order. Where CPython leaves an order open (it iterates a set), this layer takes the
//! order of creation or of the arguments.
//!
//! Values are any `T: Clone + 'static`; errors are [`Exception`]s with a type name, a text and an
//! opaque payload, so that another front end can drive the same objects with values of its own.
//!
//! ```
//! use coroscope::asyncio::{self, Result, gather, sleep};
//!
//! async fn fetch(name: &'static str, delay: f64) -> Result<&'static str> {
//!     sleep(delay).await?;
//!     Ok(name)
//! }
//!
//! let results = asyncio::run(async {
//!     gather([fetch("slow", 2.0), fetch("quick", 1.0)]).await
//! });
//! assert_eq!(results.unwrap(), ["slow", "quick"]); // in the order of the arguments
//! ```

mod awaiting;
mod error;
mod event;
mod event_loop;
mod future;
mod gather;
mod queue;
mod run;
mod semaphore;
mod sleep;
mod task;
mod timeout;
mod wait;

pub use awaiting::Await;
pub use error::{Error, Exception, Result};
pub use event::Event;
pub use event_loop::{call_at, call_later, call_soon, current_task_name, print, time, time_sleep};
pub use future::{CallbackId, Future, InvalidState, create_future};
pub use gather::{gather, gather_return_exceptions};
pub use queue::Queue;
pub use run::{Run, RunError, Status, run};
pub use semaphore::{Permit, Semaphore};
pub use sleep::{Sleep, sleep};
pub use task::{Awaitable, Task, create_task, create_task_named};
pub use timeout::wait_for;
pub use wait::{ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, ReturnWhen, Wait, wait};

use std::pin::Pin;

/// A coroutine object: what calling an `async def` function gives.
pub type Coro<T> = Pin<Box<dyn std::future::Future<Output = Result<T>>>>;

#[cfg(test)]
mod tests;
