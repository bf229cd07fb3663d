//! A group waits for a child that swallows its cancellation.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "stubborn-child",
    chapter: Chapter::Concurrency,
    operations: &["TaskGroup", "TaskGroup.create_task", "timeout", "get_running_loop", "loop.time"],
    params: &[
        Param::count("SWALLOWS", 1, 0, 4),
        Param::seconds("WORK", 2.05, 0.05, 4.05, 0.1),
        Param::seconds("FAIL_AT", 0.5, 0.1, 3.0, 0.1),
        Param::seconds("LIMIT", 4.02, 0.12, 6.02, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
