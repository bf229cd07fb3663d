//! The first result wins and the rest is cancelled; the first to end may be a failure.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "first-wins",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait", "gather", "Task.cancel", "Task.exception"],
    params: &[
        Param::seconds_list("DELAYS", &[0.5, 1.5, 0.9, 2.0], 0.1, 4.0, 0.1, 1..=8),
        Param::count("FAILURES", 1, 0, 8),
        Param::seconds("CLEANUP", 0.3, 0.0, 2.0, 0.1),
        Param::choice("TAKE", "first_success", &["first_success", "first_completion"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
