//! A monitor beside the workers says at regular intervals who is running and who has ended.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "monitor-tasks",
    chapter: Chapter::Patterns,
    operations: &["create_task", "all_tasks", "wait", "Task.cancel", "Task.done", "Task.exception"],
    params: &[
        Param::seconds_list("DELAYS", &[0.8, 1.3, 2.2, 1.7], 0.1, 4.0, 0.1, 1..=8),
        Param::choice("WATCH", "own_list", &["own_list", "all_tasks"]),
        Param::count("FAILING", 2, 0, 8),
        Param::seconds("INTERVAL", 0.5, 0.1, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
