//! Workers sharing fewer permits than there are workers, served in the order they asked.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "semaphore-workers",
    chapter: Chapter::Synchronisation,
    operations: &["get_running_loop", "create_task", "gather", "Semaphore"],
    params: &[
        Param::count("WORKERS", 6, 1, 10),
        Param::count("PERMITS", 2, 1, 10),
        Param::seconds("HOLD", 0.6, 0.2, 1.0, 0.1),
        Param::seconds("EXTRA", 0.1, 0.0, 0.2, 0.05),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
