//! Awaiting a coroutine, a task, a future and an object with `__await__`: who gives up control.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "await-kinds",
    chapter: Chapter::Basics,
    operations: &[
        "object.__await__",
        "get_running_loop",
        "create_task",
        "current_task",
        "Task.get_name",
        "loop.call_soon",
        "loop.call_later",
        "loop.create_future",
        "Future.set_result",
    ],
    params: &[
        Param::seconds("DELAY", 0.6, 0.0, 2.0, 0.1),
        Param::seconds("HEAD_START", 0.0, 0.0, 2.0, 0.1),
        Param::switch("SUSPENDING", true),
        Param::choice("OBJECT", "coroutine", &["coroutine", "yield", "yield-42"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
