//! A task created early is on its way while its creator does other work; a coroutine is not.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "create-task-first",
    chapter: Chapter::Concurrency,
    operations: &["create_task"],
    params: &[
        Param::seconds("NEWS", 1.5, 0.1, 4.0, 0.1),
        Param::seconds("PRICES", 0.9, 0.1, 4.0, 0.1),
        Param::seconds("SETUP", 0.4, 0.0, 2.0, 0.1),
        Param::seconds("DRAWING", 0.8, 0.0, 4.0, 0.1),
        Param::choice("START", "task", &["task", "coroutine"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
