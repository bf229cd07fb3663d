//! An exception travels through the awaits to whoever catches it, and each level cleans up on its way.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exception-propagation",
    chapter: Chapter::Basics,
    operations: &["create_task"],
    params: &[
        Param::choice("CAUGHT_IN", "main", &["read", "load", "main", "nowhere"]),
        Param::choice("LOAD_AS", "coroutine", &["coroutine", "task"]),
        Param::seconds("FAILS_AFTER", 0.6, 0.1, 3.0, 0.1),
        Param::seconds("CLEANUP", 0.3, 0.0, 1.0, 0.1),
        Param::seconds("OTHER_WORK", 1.5, 0.0, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
