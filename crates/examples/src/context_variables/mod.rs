//! What a task inherits of context variables, and where they go.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "context-variables",
    chapter: Chapter::Patterns,
    operations: &[
        "contextvars.ContextVar",
        "create_task",
        "gather",
        "to_thread",
        "wait_for",
        "loop.call_soon",
        "get_running_loop",
    ],
    params: &[
        Param::choice("WHEN_SET", "in-task", &["in-task", "in-main", "too-late"]),
        Param::choice("CHECKED_BY", "task", &["task", "gather", "wait_for", "generator", "await"]),
        Param::seconds("READING", 0.6, 0.3, 3.0, 0.3),
        Param::count("CLIENTS", 2, 1, 4),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
