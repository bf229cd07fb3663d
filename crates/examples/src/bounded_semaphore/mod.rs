//! A release too many: `Semaphore` silently has one permit more, `BoundedSemaphore` raises in the end.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "bounded-semaphore",
    chapter: Chapter::Synchronisation,
    operations: &[
        "create_task",
        "gather",
        "Semaphore",
        "BoundedSemaphore",
        "Semaphore.acquire",
        "Semaphore.release",
    ],
    params: &[
        Param::choice("KIND", "Semaphore", &["Semaphore", "BoundedSemaphore"]),
        Param::count("CLIENTS", 6, 1, 8),
        Param::count("PERMITS", 2, 1, 4),
        Param::count("CARELESS", 0, 0, 8),
        Param::seconds("HOLD", 0.6, 0.1, 2.0, 0.1),
        Param::switch("JANITOR", false),
        Param::seconds("JANITOR_AT", 0.32, 0.02, 4.02, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
