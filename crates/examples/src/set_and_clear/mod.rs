//! An event that is set and cleared in one step: who waited goes on all the same.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "set-and-clear",
    chapter: Chapter::Moment,
    operations: &[
        "Event",
        "Event.set",
        "Event.clear",
        "Event.is_set",
        "Event.wait",
        "create_task",
        "Task.cancel",
        "wait",
    ],
    params: &[
        Param::choice("WAIT", "once", &["once", "while"]),
        Param::count("TURNS", 0, 0, 3),
        Param::seconds("DELAY", 1.0, 0.1, 3.0, 0.1),
        Param::count("WAITERS", 2, 1, 6),
        Param::seconds("PATIENCE", 1.0, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
