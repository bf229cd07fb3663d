//! A task that nobody awaits is cut off when the main coroutine ends.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "orphan-task",
    chapter: Chapter::Pitfalls,
    operations: &[
        "create_task",
        "Task.add_done_callback",
        "gather",
        "TaskGroup",
        "TaskGroup.create_task",
    ],
    params: &[
        Param::count("USERS", 4, 1, 10),
        Param::seconds("GAP", 0.4, 0.1, 2.0, 0.1),
        Param::seconds("SENDING", 1.0, 0.1, 4.0, 0.1),
        Param::choice("WAY", "forget", &["forget", "set", "group"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
