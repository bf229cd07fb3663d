//! `wait_for(shield(task))`: those who wait give up, the task goes on and is awaited later.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "shield-timeout",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "shield", "wait_for", "wait"],
    params: &[
        Param::seconds("WORK", 2.0, 0.1, 4.0, 0.1),
        Param::seconds_list("PATIENCE", &[0.6, 1.2, 1.7], 0.1, 4.0, 0.1, 1..=6),
        Param::switch("SHIELD", true),
        Param::switch("AWAIT_LATER", true),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
