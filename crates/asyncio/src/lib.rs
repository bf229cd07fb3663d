//! asyncio's objects on our executor, with CPython 3.13's order of wake-ups.
//!
//! Programs read like asyncio. A coroutine is a Rust `async fn` that returns [`Result`]; awaiting it
//! runs it inside the present task, as in Python; [`create_task`] and [`gather`] make tasks. An
//! exception or a cancellation is an `Err` that `?` passes on, and that can be caught, and cleaned up
//! after with further awaits, where Python's `try` would.
//!
//! Resuming after a future completes costs as many iterations of the loop as in CPython, so tasks run in
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

// As `Lib/asyncio`:
mod base_events;
mod coroutines;
mod events;
mod exceptions;
mod freeing;
mod futures;
mod locks;
mod mixins;
mod queues;
mod runners;
mod selector_events;
mod streams;
mod taskgroups;
mod tasks;
mod threads;
mod timeouts;

// From elsewhere in CPython:
mod asyncgen;
mod builtins;
mod concurrent;
mod contextlib;
mod contextvars;
mod gc;
mod random;

// The Python process, and a run of it:
mod annexes;
mod few;
mod present;
mod program;
mod run;
mod shared_value;

pub use asyncgen::{AsyncGenerator, AsyncIterator, Yield, Yielder, async_generator};
pub use base_events::{CallbackResult, ErrorContext, EventLoop, ExceptionHandler};
pub use builtins::{print, time_sleep};
pub use called_with::called_with;
pub use concurrent::{
    Pool, Thread, ThreadFuture, call_soon_threadsafe, call_soon_threadsafe_in, cpu,
    run_coroutine_threadsafe, run_in_executor, set_default_executor, shutdown_default_executor,
    start_thread, wrap_future,
};
pub use contextlib::{
    Aclosing, AsyncContextManager, AsyncExitStack, ContextManager, ExitStack, GeneratorContext,
    aclosing, async_with, asynccontextmanager, with,
};
pub use contextvars::{Context, ContextVar, Token, copy_context};
pub use coroutines::{
    Argument, Arguments, Body, Coro, Named, OfClass, Short, arguments, raise_exit,
};
pub use events::{
    call_at, call_later, call_soon, get_event_loop, get_running_loop, new_event_loop, time,
};
pub use exceptions::{
    Error, Exception, Result, being_handled, repr_bool, repr_str, while_handling,
};
pub use executor::World;
pub use futures::{
    Await, CallbackId, Future, Handling, WeakFuture, create_future, finishing, handling,
    step_throws,
};
pub use gc::collect_garbage;
pub use locks::{Barrier, BoundedSemaphore, Condition, Event, Lock, LockGuard, Permit, Semaphore};
pub use program::at_exit;
pub use queues::{LifoQueue, PriorityQueue, Queue};
pub use random::Random;
pub use run::{Run, RunError, Status, run};
pub use runners::{Runner, add_signal_handler, interrupt};
pub use selector_events::{Address, NetworkConfig, Server, Transport, set_network};
pub use shared_value::SharedValue;
pub use streams::{
    DEFAULT_LIMIT, IncompleteRead, LimitOverrun, ServerOptions, StreamReader, StreamWriter,
    open_connection, open_connection_with_limit, repr_bytes, start_server, start_server_with,
};
pub use taskgroups::TaskGroup;
pub use tasks::{
    ALL_COMPLETED, AnyTask, AsCompleted, Awaitable, BadYield, FIRST_COMPLETED, FIRST_EXCEPTION,
    ReturnWhen, Sleep, Task, TaskOptions, Wait, all_tasks, as_completed, bad_yield,
    create_eager_task, create_task, create_task_named, create_task_with, current_task,
    current_task_name, ensure_future, gather, gather_return_exceptions, gather_with, shield, sleep,
    wait, wait_for,
};
pub use threads::to_thread;
pub use timeouts::{Timeout, timeout, timeout_at};

#[cfg(test)]
mod tests;
