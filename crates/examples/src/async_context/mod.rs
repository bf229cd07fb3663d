//! An asynchronous context manager closes what it opened, however its body ends.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "async-context",
    chapter: Chapter::Patterns,
    operations: &["create_task", "gather", "Task.cancel"],
    params: &[
        Param::choice("STYLE", "class", &["class", "generator"]),
        Param::seconds("OPEN", 0.3, 0.1, 1.0, 0.1),
        Param::seconds("WORK", 1.0, 0.1, 2.0, 0.1),
        Param::seconds("CLOSE", 0.4, 0.1, 1.0, 0.1),
        Param::seconds("CANCEL_AT", 0.8, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
