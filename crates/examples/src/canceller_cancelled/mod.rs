//! The one who cancels a task and waits for its end is cancelled itself.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "canceller-cancelled",
    chapter: Chapter::Concurrency,
    operations: &["Task.cancel", "Task.cancelling", "current_task", "create_task", "wait"],
    params: &[
        Param::choice("WAY", "naive", &["naive", "careful"]),
        Param::seconds("WORK", 3.05, 0.05, 4.05, 0.1),
        Param::seconds("CLEANUP", 1.0, 0.0, 3.0, 0.1),
        Param::seconds("STOP_AT", 0.5, 0.1, 3.0, 0.1),
        Param::seconds("CANCEL_AT", 1.02, 0.02, 4.02, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
