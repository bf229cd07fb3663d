//! `FIRST_COMPLETED` takes the first answer; the losers are cancelled and cleaned up after.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-first",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait", "gather", "Task.cancel"],
    params: &[
        Param::seconds_list("DELAYS", &[1.6, 0.9, 2.1], 0.1, 4.0, 0.1, 1..=6),
        Param::seconds("CLEANUP", 0.4, 0.0, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
