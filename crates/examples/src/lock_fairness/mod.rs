//! A lock goes to those who wait in the order in which they came; who asks again goes to the back.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "lock-fairness",
    chapter: Chapter::Synchronisation,
    operations: &[
        "get_running_loop",
        "create_task",
        "gather",
        "Lock",
        "Lock.acquire",
        "Lock.release",
        "Lock.locked",
    ],
    params: &[
        Param::seconds_list("HOLDS", &[0.6, 0.3, 0.2], 0.1, 1.0, 0.1, 1..=6),
        Param::count("TURNS", 3, 1, 5),
        Param::seconds("REST", 0.0, 0.0, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
