//! `FIRST_EXCEPTION` returns at the first failure, or once all are done.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-first-exception",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait", "gather", "Task.cancel"],
    params: &[
        Param::seconds_list("DELAYS", &[0.6, 1.8, 1.2, 2.5], 0.1, 4.0, 0.1, 1..=6),
        Param::index("FAIL_INDEX", 2, 5),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
