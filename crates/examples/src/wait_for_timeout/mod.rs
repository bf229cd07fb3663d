//! `wait_for` cancels what it waits for, and raises only when that has ended.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-for-timeout",
    chapter: Chapter::Concurrency,
    operations: &[
        "wait_for",
        "TaskGroup",
        "TaskGroup.create_task",
        "get_running_loop",
        "loop.time",
    ],
    params: &[
        Param::seconds("WORK", 2.0, 0.1, 5.0, 0.1),
        Param::seconds("TIMEOUT", 1.0, 0.1, 4.0, 0.1),
        Param::seconds_list("CLEANUPS", &[0.0, 0.5, 1.2], 0.0, 3.0, 0.1, 1..=6),
        Param::choice("WHEN_CANCELLED", "raise", &["raise", "return"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
