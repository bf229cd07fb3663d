//! A camera that drops frames rather than wait, and a screen that polls.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "queue-nowait",
    chapter: Chapter::Synchronisation,
    operations: &["create_task", "Queue", "Queue.put_nowait", "Queue.get_nowait"],
    params: &[
        Param::count("FRAMES", 9, 1, 15),
        Param::seconds("GAP", 0.2, 0.05, 0.5, 0.05),
        Param::seconds("SHOW", 0.5, 0.05, 1.0, 0.05),
        Param::seconds("IDLE", 0.25, 0.1, 1.0, 0.05),
        Param::count("MAXSIZE", 2, 1, 6),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
