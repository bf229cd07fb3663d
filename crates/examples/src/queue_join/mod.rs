//! `join` waits for `task_done`, not for an empty queue; then the workers are cancelled.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "queue-join",
    chapter: Chapter::Synchronisation,
    operations: &[
        "create_task",
        "gather",
        "Queue",
        "Queue.get",
        "Queue.put_nowait",
        "Queue.join",
        "Queue.task_done",
        "Queue.qsize",
        "Task.cancel",
    ],
    params: &[
        Param::seconds_list("JOBS", &[0.9, 0.4, 1.3, 0.7, 0.5], 0.1, 2.0, 0.1, 1..=8),
        Param::count("WORKERS", 2, 1, 6),
        Param::index("BROKEN", 8, 8),
        Param::switch("FINALLY", false),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
