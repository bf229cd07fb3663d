//! Log lines that say which request they belong to, by a global, by the task's name, or by a context variable.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "structured-logging",
    chapter: Chapter::Patterns,
    operations: &["current_task", "Task.get_name", "TaskGroup", "TaskGroup.create_task"],
    params: &[
        Param::choice("TAG", "context_var", &["global", "task_name", "context_var"]),
        Param::count("REQUESTS", 3, 1, 6),
        Param::seconds("GAP", 0.3, 0.0, 1.0, 0.1),
        Param::seconds("USERS", 0.5, 0.1, 2.0, 0.1),
        Param::seconds("ORDERS", 0.8, 0.1, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
