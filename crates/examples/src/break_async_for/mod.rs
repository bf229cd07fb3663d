//! `break` out of `async for`: who closes the generator, when, in which task and in which context.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "break-async-for",
    chapter: Chapter::Pitfalls,
    operations: &[
        "aclosing",
        "ContextVar",
        "ContextVar.set",
        "ContextVar.reset",
        "create_task",
        "current_task",
        "Task.get_name",
    ],
    params: &[
        Param::choice("CLOSE", "break", &["break", "kept", "aclosing"]),
        Param::count("WANTED", 2, 1, 6),
        Param::seconds("PACE", 0.4, 0.1, 1.0, 0.1),
        Param::seconds("CLEANUP", 0.3, 0.1, 2.0, 0.1),
        Param::seconds("AFTER", 1.02, 0.02, 3.02, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
