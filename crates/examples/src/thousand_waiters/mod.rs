//! As many waits as there are: a task each, a call of the pool each, a thread each; what the three cost.

use super::{Chapter, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "thousand-waiters",
    chapter: Chapter::Blocking,
    operations: &["to_thread", "gather", "Thread", "Thread.start", "Thread.join"],
    params: &[
        Param::choice("WAY", "tasks", &["tasks", "to_thread", "threads"]),
        Param::count("WAITS", 40, 1, 1000),
        Param::seconds("WAIT", 1.0, 0.1, 3.0, 0.1),
    ],
    program: Program::Script(|args| Box::pin(program::script(args))),
    exercise: None,
};
