//! Workers of different speed meet at a barrier after each phase; one may break it.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "barrier-phases",
    chapter: Chapter::Synchronisation,
    operations: &[
        "TaskGroup",
        "TaskGroup.create_task",
        "Barrier",
        "Barrier.wait",
        "Barrier.abort",
        "Barrier.n_waiting",
    ],
    params: &[
        Param::seconds_list("PACES", &[0.3, 1.0, 0.6, 0.8], 0.1, 2.0, 0.1, 1..=6),
        Param::count("PHASES", 3, 1, 5),
        Param::count("ABORT_IN", 0, 0, 5),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
