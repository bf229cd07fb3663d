//! Tasks that take their first step when they are made.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "eager-tasks",
    chapter: Chapter::Concurrency,
    operations: &[
        "eager_task_factory",
        "loop.set_task_factory",
        "get_running_loop",
        "TaskGroup",
        "TaskGroup.create_task",
        "Task.done",
    ],
    params: &[
        Param::switch("EAGER", true),
        Param::count("CACHED", 2, 0, 4),
        Param::seconds("DELAY", 0.8, 0.1, 3.0, 0.1),
        Param::switch("FAILING", false),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
