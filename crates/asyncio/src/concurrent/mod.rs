//! Blocking work beside the loop: threads, pools of threads and of processes.
//!
//! The threads are simulated. A *thread* is a Rust future on a time of its own: where a function would
//! block its thread, the future awaits an operation of [`Thread`]. What threads do next are events
//! as external events ([`Core::call_external_at`](executor::Core::call_external_at)), so that they go on while
//! `time.sleep` holds the loop, and reach it by [`call_soon_threadsafe`] as in CPython.
//!
//! CPython leaves open how threads take turns. Here it is one of the possible ways, mostly the one that
//! is seen in practice, and always the same:
//!
//! - A new thread runs at once, to where it first blocks, before its starter goes on.
//! - Any other thread that can go on (its sleep is over, a job was handed to it, the result it waits
//!   for has come) does so when the loop next begins an iteration or blocks, before the timers that are due.
//! - Threads that can go on at the same time do so in the order in which that came to be settled.
//!
//! What a thread does takes no time, except [`Thread::sleep`] and [`Thread::cpu`]. CPU work in a thread
//! has the interpreter lock from beginning to end: first come, first served, while neither the loop
//! takes an iteration nor other CPU work goes on. (CPython switches every 5 ms, which makes everybody slow
//! instead.) Sleeping threads go on even then. In a pool of processes CPU work holds nobody up, as if
//! there were a processor for each; but a worker takes time to start, and each call to travel.

mod blocked_callers;
mod chain;
mod default;
mod exit;
mod pool;
mod queue;
mod state;
mod submit;
mod thread;
mod thread_future;
mod time;
mod worker;

pub use chain::{
    call_soon_threadsafe, call_soon_threadsafe_in, run_coroutine_threadsafe, wrap_future,
};
pub use default::{run_in_executor, set_default_executor, shutdown_default_executor};
pub use pool::Pool;
pub use thread::{Thread, start_thread};
pub use thread_future::ThreadFuture;
pub use time::cpu;

pub(crate) use default::{default_pool, wrap};
pub(crate) use exit::exit;
pub(crate) use state::any_busy;
