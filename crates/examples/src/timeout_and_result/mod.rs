//! A timeout that fires although the answer was there, since the loop was late.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "timeout-and-result",
    chapter: Chapter::Moment,
    operations: &["wait_for", "timeout", "wait", "create_task", "get_running_loop", "loop.time"],
    params: &[
        Param::choice("WAY", "wait_for", &["wait_for", "timeout", "wait"]),
        Param::seconds("WORK", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("TIMEOUT", 1.25, 0.05, 3.05, 0.1),
        Param::seconds("HOLD_FROM", 0.92, 0.02, 3.02, 0.1),
        Param::seconds("HOLD", 0.5, 0.0, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
