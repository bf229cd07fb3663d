//! The examples: one folder each.
//!
//! A folder holds `program.rs` (the Rust that runs), `twin.py` (the Python program it mirrors, with
//! its parameters as upper-case constants at the top), `lines.txt` (which line of the one stands
//! where in the other, written by `cargo xtask golden`), `words.en.toml` and `words.zh.toml`, and
//! `mod.rs` with the entry. A new example touches its folder and the list of modules in `lib.rs`.
//!
//! Of its texts only the titles are part of the page's program; the others are files that the page
//! fetches when the example is opened.

mod args;
mod attempt;
mod exercise;
mod lines;
mod param;
mod places;
mod proposal;
mod source;

pub use args::{Args, Refusal, Value};
pub use attempt::{Attempt, most_in_window};
pub use exercise::{Check, Exercise, Found, Measure};
pub use lines::LineMap;
pub use param::{Kind, Param, Unit};
pub use places::{Places, Row};
pub use proposal::{Proposal, proposals};
#[cfg(not(target_arch = "wasm32"))]
pub use source::Source;
pub use source::{python_lines, python_source};

use asyncio::{Coro, Result};
use std::pin::Pin;

// A course: each example needs only what came before it. One chapter after the other, and the page shows
// them in this order: `build.rs` makes the catalogue of these lines.

// Basics
mod sequential_vs_gather;
mod sync_vs_async;
mod concurrency_models;
mod event_loop_turns;
mod run_vs_run_until_complete;
mod run_forever_stop;
mod ctrl_c;
mod scheduled_callbacks;
mod await_kinds;
mod await_again;
mod chained_awaits;
mod exception_propagation;
mod task_states;
mod future_callbacks;
mod current_and_all_tasks;

// Concurrency
mod create_task_first;
mod ensure_future;
mod eager_tasks;
mod gather_order;
mod gather_failure;
mod gather_cancelled;
mod wait_all;
mod wait_first;
mod wait_first_exception;
mod wait_timeout;
mod wait_polling;
mod as_completed;
mod wait_for_timeout;
mod timeout_holds_lock;
mod timeout_scope;
mod shield_timeout;
mod shield_failure;
mod cancel_cleanup;
mod canceller_cancelled;
mod timeout_then_cancel;
mod first_wins;
mod group_vs_gather;
mod stop_group;
mod stubborn_child;

// Synchronisation
mod race_and_lock;
mod lock_fairness;
mod semaphore_workers;
mod semaphore_timeout;
mod bounded_semaphore;
mod event_waiters;
mod condition_buffer;
mod barrier_phases;
mod queue_backpressure;
mod queue_sentinel;
mod queue_join;
mod queue_nowait;
mod priority_queues;
mod consumer_stop;
mod deadlock_lock_order;

// In the same moment
mod cancel_before_start;
mod result_and_cancel;
mod timeout_and_result;
mod two_permits;
mod release_and_cancel;
mod notify_and_cancel;
mod get_and_timeout;
mod set_and_clear;
mod groups_fail_together;

// Patterns
mod batch_vs_awaits;
mod bounded_map;
mod retry_backoff;
mod poll_condition;
mod token_bucket;
mod rate_by_semaphore;
mod ttl_cache;
mod connection_pool;
mod paginator;
mod generator_pipeline;
mod async_comprehension;
mod anext_by_hand;
mod async_context;
mod transaction;
mod monitor_tasks;
mod structured_logging;
mod logging_levels;
mod context_variables;

// Blocking and threads
mod blocking_sleep;
mod debug_slow;
mod executor_workers;
mod process_pool;
mod coroutine_threadsafe;
mod threads_vs_asyncio;
mod thousand_waiters;

// Pitfalls
mod forgotten_await;
mod nested_run;
mod two_runs;
mod orphan_task;
mod collected_task;
mod exception_never_retrieved;
mod stop_iteration;
mod break_async_for;
mod timeout_in_generator;
mod unbounded_gather;

// Simulated I/O
mod tcp_echo;
mod drain_gives_way;
mod server_close;
mod http_client_limit;
mod web_server_load;
mod file_io;
mod lines_of_file;
mod websocket_echo;
mod database_pool;
mod stale_answer;
mod chat_server;
mod crawler;
mod layered_service;

// Exercises
mod exercise_downloads;
mod exercise_api_client;
mod exercise_producer_consumer;
mod exercise_timeout;
mod exercise_rate_limit;
mod exercise_crawler;
mod exercise_files;
mod exercise_chat;
mod exercise_web_server;

/// All examples, in the order in which the page shows them.
pub static CATALOGUE: &[&Example] = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// The programs, in the same order.
#[cfg(not(target_arch = "wasm32"))]
static SOURCES: &[Source] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// The one that a visitor sees first: the first of the catalogue, without what holds the others.
pub static FIRST: &Example = &sequential_vs_gather::EXAMPLE;

/// The titles of all examples, English and Chinese, in the order of their ids; written by `build.rs`.
static TITLES: &[(&str, [&str; 2])] = include!(concat!(env!("OUT_DIR"), "/titles.rs"));

/// One example.
pub struct Example {
    /// Its name in links and on the command line; that of its folder, with dashes.
    pub id: &'static str,
    /// The chapter of the catalogue in which it stands.
    pub chapter: Chapter,
    /// What it uses of asyncio and of what belongs to it, as Python's documentation names it: `gather`,
    /// `Queue.join`. `run` and `sleep` go without saying.
    pub operations: &'static [&'static str],
    /// What may be turned.
    pub params: &'static [Param],
    /// What runs.
    pub program: Program,
    /// The task that it sets the reader, if it is an exercise.
    pub exercise: Option<&'static Exercise>,
}

/// The synchronous part of a program, where awaiting stands for calling; see
/// [`Run::script`](asyncio::Run::script).
pub type Script = Pin<Box<dyn Future<Output = Result>>>;

/// What runs.
#[derive(Clone, Copy)]
pub enum Program {
    /// `asyncio.run` of the main coroutine that this makes.
    Main(fn(Args) -> Coro<()>),
    /// A program with a synchronous part that is worth showing.
    Script(fn(Args) -> Script),
}

/// A chapter of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chapter {
    /// What a coroutine, a task, a future and the loop are.
    Basics,
    /// Several things at a time.
    Concurrency,
    /// Locks, queues and their like.
    Synchronisation,
    /// Several things in one iteration of the loop: who comes first?
    Moment,
    /// What programs are made of.
    Patterns,
    /// What holds the loop, and where else it may run.
    Blocking,
    /// What goes wrong.
    Pitfalls,
    /// Clients and servers on a simulated network.
    Network,
    /// Tasks for the reader.
    Exercises,
}

impl Chapter {
    /// All chapters, in the order of the catalogue.
    pub const ALL: [Chapter; 9] = [
        Chapter::Basics,
        Chapter::Concurrency,
        Chapter::Synchronisation,
        Chapter::Moment,
        Chapter::Patterns,
        Chapter::Blocking,
        Chapter::Pitfalls,
        Chapter::Network,
        Chapter::Exercises,
    ];

    /// The key of its name among the words.
    pub fn key(self) -> &'static str {
        match self {
            Chapter::Basics => "chapter.basics",
            Chapter::Concurrency => "chapter.concurrency",
            Chapter::Synchronisation => "chapter.synchronisation",
            Chapter::Moment => "chapter.moment",
            Chapter::Patterns => "chapter.patterns",
            Chapter::Blocking => "chapter.blocking",
            Chapter::Pitfalls => "chapter.pitfalls",
            Chapter::Network => "chapter.network",
            Chapter::Exercises => "chapter.exercises",
        }
    }
}

impl Example {
    /// The values of its parameters to begin with.
    pub fn defaults(&self) -> Args {
        Args::defaults(self.params)
    }

    /// Its title in a locale: Chinese for "zh", else English. Backticks mark code.
    pub fn title(&self, locale: &str) -> &'static str {
        let titles = TITLES.iter().find(|(id, _)| *id == self.id);
        titles.map_or(self.id, |(_, titles)| titles[usize::from(locale == "zh")])
    }

    /// Its programs.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn source(&self) -> &'static Source {
        let index = CATALOGUE.iter().position(|example| *example == self);
        &SOURCES[index.unwrap_or_default()]
    }
}

/// Whether the two are the same entry.
impl PartialEq for Example {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The example of this name.
pub fn find(id: &str) -> Option<&'static Example> {
    CATALOGUE.iter().copied().find(|example| example.id == id)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
