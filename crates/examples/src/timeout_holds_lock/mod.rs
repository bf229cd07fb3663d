//! A timeout around a task that holds a lock and cleans up longer than the timeout.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "timeout-holds-lock",
    chapter: Chapter::Concurrency,
    operations: &[
        "wait_for",
        "Lock",
        "Lock.locked",
        "create_task",
        "get_running_loop",
        "loop.time",
    ],
    params: &[
        Param::seconds("WORK", 2.05, 0.05, 4.05, 0.1),
        Param::seconds("TIMEOUT", 1.0, 0.1, 4.0, 0.1),
        Param::seconds("CLEANUP", 1.5, 0.0, 3.0, 0.1),
        Param::switch("SWALLOW", false),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
