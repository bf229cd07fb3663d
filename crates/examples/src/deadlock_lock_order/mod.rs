//! Two tasks take two locks, one after the other: in opposite order they may wait for each other.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "deadlock-lock-order",
    chapter: Chapter::Synchronisation,
    operations: &["TaskGroup", "TaskGroup.create_task", "Lock"],
    params: &[
        Param::choice("ORDER", "opposite", &["opposite", "same"]),
        Param::seconds("HEAD_START", 0.2, 0.0, 2.0, 0.1),
        Param::seconds("BETWEEN", 0.5, 0.0, 2.0, 0.1),
        Param::seconds("HOLD", 0.4, 0.0, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
