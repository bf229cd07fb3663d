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
//! use asyncio::{self, Result, gather, sleep};
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

mod as_completed;
mod awaiting;
mod barrier;
mod bounded_semaphore;
mod condition;
mod context;
mod contextvars;
mod coroutine;
mod error;
mod event;
mod event_loop;
mod exit;
mod future;
mod gather;
mod generator;
mod iterator;
mod lock;
mod network;
mod program;
mod queue;
mod random;
mod run;
mod runner;
mod semaphore;
mod shield;
mod sleep;
mod steps;
mod streams;
mod task;
mod task_group;
mod threads;
mod timeouts;
mod wait;
mod wait_for;
mod waiters;

pub use as_completed::{AsCompleted, as_completed};
pub use awaiting::Await;
pub use barrier::Barrier;
pub use bounded_semaphore::BoundedSemaphore;
pub use condition::Condition;
pub use context::{
    Aclosing, AsyncContextManager, GeneratorContext, aclosing, async_with, asynccontextmanager,
};
pub use contextvars::{ContextVar, Token};
pub use coroutine::{Body, Coro};
pub use error::{Error, Exception, Result, repr_str};
pub use event::Event;
pub use event_loop::{
    CallbackResult, EventLoop, all_tasks, call_at, call_later, call_soon, current_task,
    current_task_name, get_running_loop, new_event_loop, print, time, time_sleep,
};
pub use exit::{exit_is_raised, raise_exit};
pub use future::{CallbackId, Future, create_future};
pub use gather::{gather, gather_return_exceptions, gather_with};
pub use generator::{AsyncGenerator, Yield, Yielder, async_generator};
pub use iterator::AsyncIterator;
pub use lock::{Lock, LockGuard};
pub use network::{Address, NetworkConfig, Server, Transport, set_network};
pub use program::at_exit;
pub use queue::{LifoQueue, PriorityQueue, Queue};
pub use random::Random;
pub use run::{Run, RunError, Status, run};
pub use runner::Runner;
pub use semaphore::{Permit, Semaphore};
pub use shield::shield;
pub use sleep::{Sleep, sleep};
pub use streams::{
    DEFAULT_LIMIT, IncompleteRead, LimitOverrun, ServerOptions, StreamReader, StreamWriter,
    open_connection, open_connection_with_limit, repr_bytes, start_server, start_server_with,
};
pub use task::{
    AnyTask, Awaitable, Task, create_eager_task, create_task, create_task_named, ensure_future,
};
pub use task_group::TaskGroup;
pub use threads::{
    Pool, Thread, ThreadFuture, call_soon_threadsafe, cpu, run_coroutine_threadsafe,
    run_in_executor, set_default_executor, shutdown_default_executor, start_thread, to_thread,
    wrap_future,
};
pub use timeouts::{Timeout, timeout, timeout_at};
pub use wait::{ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, ReturnWhen, Wait, wait};
pub use wait_for::wait_for;

#[cfg(test)]
mod tests;
