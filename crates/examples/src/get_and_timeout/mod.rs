//! An item and a timeout for the one who waits for it, due while the loop is held.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "get-and-timeout",
    chapter: Chapter::Moment,
    operations: &[
        "Queue",
        "Queue.get",
        "Queue.put_nowait",
        "Queue.qsize",
        "wait_for",
        "wait",
        "create_task",
    ],
    params: &[
        Param::choice("WAY", "wait_for", &["wait_for", "wait"]),
        Param::seconds("PUT_AT", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("TIMEOUT", 1.15, 0.05, 3.05, 0.1),
        Param::seconds("HOLD_FROM", 0.92, 0.02, 3.02, 0.1),
        Param::seconds("HOLD", 0.4, 0.0, 2.0, 0.1),
        Param::seconds("PATIENCE", 1.0, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
