//! A transaction that commits, fails, or is cancelled once or twice, and another that waits for the same lock.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "transaction",
    chapter: Chapter::Patterns,
    operations: &[
        "Lock",
        "Lock.acquire",
        "Lock.release",
        "create_task",
        "gather",
        "shield",
        "Task.cancel",
    ],
    params: &[
        Param::choice(
            "FIRST",
            "cancelled_twice",
            &["commits", "fails", "cancelled", "cancelled_twice"],
        ),
        Param::switch("SHIELD", false),
        Param::seconds("CANCEL_AT", 0.3, 0.1, 3.0, 0.1),
        Param::seconds("AGAIN", 0.2, 0.1, 1.0, 0.1),
        Param::seconds("ROLLBACK", 0.5, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
