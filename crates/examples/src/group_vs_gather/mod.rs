//! A child fails: what becomes of its siblings under `gather` and in a `TaskGroup`.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "group-vs-gather",
    chapter: Chapter::Concurrency,
    operations: &["gather", "TaskGroup", "create_task", "TaskGroup.create_task"],
    params: &[
        Param::seconds_list("DELAYS", &[0.8, 1.4, 2.4], 0.1, 4.0, 0.1, 1..=8),
        Param::count("FAILURES", 1, 0, 8),
        Param::seconds("NEXT_JOB", 1.0, 0.0, 4.0, 0.1),
        Param::choice("WAY", "gather", &["gather", "results", "group"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
