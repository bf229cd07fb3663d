//! Requests that come whether the server keeps up or not: what the number of workers does to latency.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "web-server-load",
    chapter: Chapter::Network,
    operations: &["Semaphore", "TaskGroup", "get_running_loop", "loop.time"],
    params: &[
        Param::rate("RATE", 4.0, 0.5, 10.0, 0.5),
        Param::count("WORKERS", 2, 1, 8),
        Param::seconds("SERVICE", 0.6, 0.1, 2.0, 0.1),
        Param::count("QUEUE_LIMIT", 16, 1, 16),
        Param::seed("SEED", 1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
