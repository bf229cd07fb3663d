//! The `logging` module in coroutines: levels, the task's name, extra fields, and that writing holds the loop.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "logging-levels",
    chapter: Chapter::Patterns,
    operations: &["logging", "logging.Formatter", "logging.StreamHandler", "TaskGroup", "timeout"],
    params: &[
        Param::choice("LEVEL", "INFO", &["DEBUG", "INFO", "WARNING", "ERROR"]),
        Param::seconds("WRITE", 0.0, 0.0, 0.3, 0.05),
        Param::seconds_list("REQUESTS", &[0.41, 1.22, 0.73], 0.11, 2.01, 0.01, 1..=5),
        Param::seconds("LIMIT", 0.97, 0.17, 2.07, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
