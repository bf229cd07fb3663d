//! Three ways to end a group of tasks from within.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "stop-group",
    chapter: Chapter::Concurrency,
    operations: &[
        "TaskGroup",
        "TaskGroup.create_task",
        "Task.cancel",
        "timeout",
        "Timeout.reschedule",
        "get_running_loop",
        "loop.time",
    ],
    params: &[
        Param::choice("WAY", "raise", &["raise", "cancel", "timeout"]),
        Param::seconds("STOP_AT", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("CLEANUP", 0.3, 0.0, 2.0, 0.1),
        Param::count("WORKERS", 3, 1, 6),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
