//! What `done` and `cancelled` say of tasks that end well, fail, and are cancelled, over time.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "task-states",
    chapter: Chapter::Basics,
    operations: &[
        "get_running_loop",
        "create_task",
        "current_task",
        "wait",
        "loop.call_later",
        "Task.cancel",
        "Task.cancelling",
        "Task.done",
        "Task.cancelled",
        "Task.exception",
        "Task.result",
        "Task.get_name",
    ],
    params: &[
        Param::seconds_list("MOMENTS", &[0.3, 0.7, 1.2, 1.7], 0.0, 4.0, 0.1, 1..=8),
        Param::seconds("WORK", 1.5, 0.1, 3.0, 0.1),
        Param::seconds("CANCEL_AFTER", 1.0, 0.0, 3.0, 0.1),
        Param::seconds("CLEANUP", 0.4, 0.0, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
