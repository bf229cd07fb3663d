//! After `wait_for` has timed out there is nothing left to cancel; two ways in which there is.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "timeout-then-cancel",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait_for", "wait", "timeout", "Task.cancel"],
    params: &[
        Param::seconds("WORK", 3.0, 0.1, 4.0, 0.1),
        Param::seconds("TIMEOUT", 1.0, 0.1, 4.0, 0.1),
        Param::seconds("CLEANUP", 0.5, 0.0, 2.0, 0.1),
        Param::choice("WAY", "wait_for", &["wait_for", "wait", "timeout"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
