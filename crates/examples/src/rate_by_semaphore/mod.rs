//! Holding a permit for a moment does not make a rate; starting at fixed times does.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "rate-by-semaphore",
    chapter: Chapter::Patterns,
    operations: &[
        "Semaphore",
        "TaskGroup",
        "TaskGroup.create_task",
        "get_running_loop",
        "loop.time",
    ],
    params: &[
        Param::choice("METHOD", "semaphore", &["semaphore", "pacing"]),
        Param::rate("RATE", 4.0, 1.0, 10.0, 0.5),
        Param::count("LIMIT", 3, 1, 6),
        Param::seconds("LATENCY", 0.2, 0.1, 2.0, 0.1),
        Param::count("REQUESTS", 12, 2, 16),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
