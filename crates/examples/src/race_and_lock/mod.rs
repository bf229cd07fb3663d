//! Read, await, write: updates get lost, unless a lock keeps the three together.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "race-and-lock",
    chapter: Chapter::Synchronisation,
    operations: &["TaskGroup", "TaskGroup.create_task", "Lock"],
    params: &[
        Param::choice("GUARD", "none", &["none", "lock", "no-await-between"]),
        Param::count("WORKERS", 4, 1, 100),
        Param::count("ROUNDS", 2, 1, 4),
        Param::seconds("PAUSE", 0.4, 0.0, 1.0, 0.1),
        Param::seconds("GAP", 0.1, 0.0, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
