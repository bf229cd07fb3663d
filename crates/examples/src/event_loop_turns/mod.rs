//! The loop turn by turn: what is ready runs in the order in which it became ready, once per turn.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "event-loop-turns",
    chapter: Chapter::Basics,
    operations: &[
        "get_running_loop",
        "TaskGroup",
        "TaskGroup.create_task",
        "loop.call_soon",
        "loop.call_later",
    ],
    params: &[
        Param::count("WORKERS", 2, 1, 5),
        Param::count("ROUNDS", 3, 1, 5),
        Param::seconds("WORK", 0.2, 0.0, 0.5, 0.1),
        Param::seconds("DELAY", 0.5, 0.0, 3.0, 0.1),
        Param::switch("EXTRA_CALLBACKS", true),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
