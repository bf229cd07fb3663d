//! Comprehensions that await go one by one; tasks made first run together.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "async-comprehension",
    chapter: Chapter::Patterns,
    operations: &["create_task", "gather", "TaskGroup", "TaskGroup.create_task", "get_running_loop", "loop.time"],
    params: &[
        Param::choice("STYLE", "await", &["await", "async_for", "await_tasks", "gather", "task_group"]),
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[0.8, 0.5, 1.1, 0.4],
                min: 0.1,
                max: 2.0,
                step: 0.1,
                min_len: 1,
                max_len: 8,
            },
            unit: Unit::Seconds,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
