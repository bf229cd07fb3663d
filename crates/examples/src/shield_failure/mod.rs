//! What is shielded fails after the one who waited has left.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "shield-failure",
    chapter: Chapter::Concurrency,
    operations: &["shield", "wait_for", "create_task"],
    params: &[
        Param::seconds("FAILS_AT", 1.5, 0.1, 3.0, 0.1),
        Param::seconds("PATIENCE", 1.05, 0.05, 4.05, 0.1),
        Param::switch("KEEP", false),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
