//! Comprehensions that await go one by one; tasks made first run together.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "async-comprehension",
    chapter: Chapter::Patterns,
    operations: &[
        "create_task",
        "gather",
        "TaskGroup",
        "TaskGroup.create_task",
        "get_running_loop",
        "loop.time",
    ],
    params: &[
        Param::choice(
            "STYLE",
            "await",
            &["await", "async_for", "await_tasks", "gather", "task_group"],
        ),
        Param::seconds_list("DELAYS", &[0.8, 0.5, 1.1, 0.4], 0.1, 2.0, 0.1, 1..=8),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
