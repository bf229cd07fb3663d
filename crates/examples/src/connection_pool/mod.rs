//! A pool of connections that keeps its promises when a query is cancelled, and one that leaks.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "connection-pool",
    chapter: Chapter::Patterns,
    operations: &[
        "get_running_loop",
        "loop.time",
        "Semaphore",
        "Semaphore.acquire",
        "Semaphore.release",
        "timeout",
        "TaskGroup",
        "TaskGroup.create_task",
    ],
    params: &[
        Param::choice("POOL", "careful", &["careful", "leaky"]),
        Param::count("SIZE", 2, 1, 4),
        Param::seconds_list("QUERIES", &[0.5, 1.4, 0.6, 0.4, 0.5, 0.7], 0.1, 2.0, 0.1, 1..=10),
        Param::seconds("TIMEOUT", 1.0, 0.1, 2.0, 0.1),
        Param::seconds("MAX_AGE", 1.0, 0.1, 5.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
