//! A coroutine that is called without `await` never runs.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "forgotten-await",
    chapter: Chapter::Pitfalls,
    operations: &["create_task"],
    params: &[
        Param::seconds("RESERVING", 0.5, 0.1, 2.0, 0.1),
        Param::seconds("PAYING", 1.2, 0.1, 3.0, 0.1),
        Param::seconds("SHIPPING", 0.9, 0.1, 3.0, 0.1),
        Param::choice("CALL", "forgotten", &["forgotten", "kept", "await", "task"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
