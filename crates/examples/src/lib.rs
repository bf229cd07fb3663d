//! The examples: one folder each.
//!
//! A folder holds `program.rs` (the Rust that runs), `twin.py` (the Python program it mirrors, with
//! its parameters as upper-case constants at the top), `lines.txt` (which line of the one stands
//! where in the other, written by `cargo xtask golden`), `words.en.toml` and `words.zh.toml`, and
//! `mod.rs` with the entry. A new example touches its folder and [`CATALOGUE`].
//!
//! Of its texts only the titles are part of the page's program; the others are files that the page
//! fetches when the example is opened.

mod args;
mod exercise;
mod lines;
mod param;
mod source;

pub use args::{Args, Refusal, Value};
pub use exercise::{Attempt, Check, Exercise, most_in_window};
pub use lines::LineMap;
pub use param::{Kind, Param, Unit};
#[cfg(not(target_arch = "wasm32"))]
pub use source::Source;
pub use source::{python_lines, python_source};

use asyncio::{Coro, Result};
use std::pin::Pin;

macro_rules! catalogue {
    ($($folder:ident),* $(,)?) => {
        $(mod $folder;)*

        /// All examples, in the order in which the page shows them.
        pub static CATALOGUE: &[&Example] = &[$(&$folder::EXAMPLE),*];

        /// The programs, in the same order.
        #[cfg(not(target_arch = "wasm32"))]
        static SOURCES: &[Source] = &[$(Source {
            python: include_str!(concat!(stringify!($folder), "/twin.py")),
            rust: include_str!(concat!(stringify!($folder), "/program.rs")),
            lines: include_str!(concat!(stringify!($folder), "/lines.txt")),
        }),*];
    };
}

// A course: each example needs only what came before it. One chapter after the other.
catalogue! {
    // Basics
    sequential_vs_gather,
    sync_vs_async,
    concurrency_models,
    event_loop_turns,
    run_vs_run_until_complete,
    await_kinds,
    chained_awaits,
    exception_propagation,
    task_states,
    future_callbacks,
    current_and_all_tasks,
    // Concurrency
    create_task_first,
    gather_order,
    gather_failure,
    wait_all,
    wait_first,
    wait_first_exception,
    wait_timeout,
    wait_polling,
    as_completed,
    wait_for_timeout,
    timeout_scope,
    shield_timeout,
    cancel_cleanup,
    timeout_then_cancel,
    first_wins,
    group_vs_gather,
    // Synchronisation
    race_and_lock,
    lock_fairness,
    semaphore_workers,
    semaphore_timeout,
    bounded_semaphore,
    event_waiters,
    condition_buffer,
    barrier_phases,
    queue_backpressure,
    queue_sentinel,
    queue_join,
    queue_nowait,
    priority_queues,
    consumer_stop,
    deadlock_lock_order,
    // Patterns
    batch_vs_awaits,
    bounded_map,
    retry_backoff,
    poll_condition,
    token_bucket,
    rate_by_semaphore,
    ttl_cache,
    connection_pool,
    paginator,
    generator_pipeline,
    async_comprehension,
    async_context,
    transaction,
    monitor_tasks,
    structured_logging,
    // Blocking and threads
    blocking_sleep,
    executor_workers,
    process_pool,
    coroutine_threadsafe,
    threads_vs_asyncio,
    // Pitfalls
    forgotten_await,
    orphan_task,
    exception_never_retrieved,
    unbounded_gather,
    // Simulated I/O
    tcp_echo,
    http_client_limit,
    web_server_load,
    file_io,
    websocket_echo,
    database_pool,
    chat_server,
    crawler,
    layered_service,
    // Exercises
    exercise_downloads,
    exercise_producer_consumer,
    exercise_timeout,
    exercise_rate_limit,
    exercise_crawler,
    exercise_files,
    exercise_chat,
    exercise_web_server,
}

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
    pub const ALL: [Chapter; 8] = [
        Chapter::Basics,
        Chapter::Concurrency,
        Chapter::Synchronisation,
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
