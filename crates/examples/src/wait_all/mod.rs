//! `wait` with `ALL_COMPLETED` returns every task done and raises nothing itself.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-all",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait"],
    params: &[
        Param::seconds_list("DELAYS", &[1.4, 0.6, 1.0, 1.8], 0.1, 4.0, 0.1, 1..=8),
        Param::index("FAIL_INDEX", 2, 7),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
