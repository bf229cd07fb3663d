//! `as_completed` hands over results in the order of completion, with `for` or with `async for`.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "as-completed",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "as_completed", "gather"],
    params: &[
        Param::seconds_list("DELAYS", &[1.8, 0.7, 2.6, 1.2], 0.1, 4.0, 0.1, 1..=8),
        Param::seconds("HANDLING", 0.2, 0.0, 2.0, 0.1),
        Param::seconds("TIMEOUT", 4.0, 0.1, 6.0, 0.1),
        Param::choice("LOOP", "async_for", &["async_for", "for"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
