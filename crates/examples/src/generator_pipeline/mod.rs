//! A pipeline of asynchronous generators, and the same stages each in a task behind a queue.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "generator-pipeline",
    chapter: Chapter::Patterns,
    operations: &["Queue", "Queue.get", "Queue.put", "create_task", "wait", "Task.cancel"],
    params: &[
        Param::choice("STYLE", "generators", &["generators", "tasks"]),
        Param::count("ITEMS", 8, 1, 12),
        Param::count("WANTED", 3, 1, 6),
        Param::seconds("READ", 0.4, 0.1, 1.0, 0.1),
        Param::seconds("SQUARE", 0.5, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
