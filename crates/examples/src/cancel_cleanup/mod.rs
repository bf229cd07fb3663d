//! Three ways to take a cancellation: clean up and pass it on, `finally`, and swallow it.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "cancel-cleanup",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "Task.cancel"],
    params: &[
        Param::seconds("CHUNK", 0.5, 0.1, 2.0, 0.1),
        Param::seconds("CANCEL_AT", 0.8, 0.0, 4.0, 0.1),
        Param::seconds("CLEANUP", 0.6, 0.0, 2.0, 0.1),
        Param::switch("CANCEL_TWICE", false),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
