//! A gathered map over many items with a semaphore bounding how many run at once.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "bounded-map",
    chapter: Chapter::Patterns,
    operations: &["create_task", "gather", "Semaphore"],
    params: &[
        Param::seconds_list("DELAYS", &[1.1, 0.4, 0.9, 0.6, 1.2, 0.3, 0.8], 0.1, 2.0, 0.1, 1..=10),
        Param::count("LIMIT", 3, 1, 8),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
