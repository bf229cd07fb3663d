//! `gather` returns results in argument order, whatever order the children finish in.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "gather-order",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "gather"],
    params: &[Param::seconds_list("DELAYS", &[1.5, 0.5, 1.0], 0.0, 5.0, 0.1, 1..=8)],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
