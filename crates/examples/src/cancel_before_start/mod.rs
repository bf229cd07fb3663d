//! A task that is cancelled before its first step: neither its body nor its `finally` runs.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "cancel-before-start",
    chapter: Chapter::Moment,
    operations: &[
        "create_task",
        "Task.cancel",
        "Semaphore",
        "Semaphore.acquire",
        "Semaphore.release",
        "wait",
        "wait_for",
    ],
    params: &[
        Param::count("TURNS", 0, 0, 3),
        Param::seconds("WORK", 1.0, 0.1, 3.0, 0.1),
        Param::count("JOBS", 2, 1, 5),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
