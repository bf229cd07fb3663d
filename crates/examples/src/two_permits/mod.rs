//! Several permits are released in one step: in which order do waiters wake?

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "two-permits",
    chapter: Chapter::Moment,
    operations: &[
        "Semaphore",
        "Semaphore.acquire",
        "Semaphore.release",
        "Semaphore.locked",
        "create_task",
        "wait",
    ],
    params: &[
        Param::count("RELEASED", 2, 1, 4),
        Param::count("CLIENTS", 5, 1, 8),
        Param::seconds("HOLD", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("WORK", 0.8, 0.1, 2.0, 0.1),
        Param::switch("BARGE", true),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
