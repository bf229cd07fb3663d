//! The same jobs in synchronous functions, in coroutines awaited in turn, and in tasks together.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "sync-vs-async",
    chapter: Chapter::Basics,
    operations: &[
        "get_running_loop",
        "create_task",
        "TaskGroup",
        "TaskGroup.create_task",
        "Task.cancel",
    ],
    params: &[
        Param::choice("MODE", "in-turn", &["blocking", "in-turn", "together"]),
        Param::seconds_list("BREWING", &[1.0, 0.6, 1.4], 0.1, 2.0, 0.1, 1..=6),
        Param::seconds("TICK", 0.4, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
