//! A chain of awaits in one task, each needing the result before it, and the parts that need not wait.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "chained-awaits",
    chapter: Chapter::Basics,
    operations: &[
        "get_running_loop",
        "gather",
        "TaskGroup",
        "TaskGroup.create_task",
        "Task.result",
    ],
    params: &[
        Param::switch("CONCURRENT", false),
        Param::seconds("REQUEST", 0.5, 0.1, 1.0, 0.1),
        Param::count("FRIENDS", 3, 0, 8),
        Param::switch("PREMIUM", true),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
