//! Clients that wait for a permit only so long, and release only what they acquired.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "semaphore-timeout",
    chapter: Chapter::Synchronisation,
    operations: &[
        "wait_for",
        "create_task",
        "gather",
        "Semaphore",
        "Semaphore.acquire",
        "Semaphore.release",
    ],
    params: &[
        Param::count("CLIENTS", 6, 1, 10),
        Param::count("PERMITS", 2, 1, 6),
        Param::seconds("GAP", 0.25, 0.05, 1.0, 0.05),
        Param::seconds("HOLD", 1.3, 0.1, 2.0, 0.1),
        Param::seconds("TIMEOUT", 0.9, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
