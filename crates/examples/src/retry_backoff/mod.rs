//! Retries with exponential backoff, a limit of attempts, and jitter that keeps clients apart.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "retry-backoff",
    chapter: Chapter::Patterns,
    operations: &["TaskGroup", "TaskGroup.create_task"],
    params: &[
        Param::count("CLIENTS", 5, 1, 8),
        Param::seconds("BASE", 0.4, 0.1, 1.0, 0.1),
        Param::count("ATTEMPTS", 5, 1, 8),
        Param::switch("JITTER", true),
        Param::seed("SEED", 7),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
