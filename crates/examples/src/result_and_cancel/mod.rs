//! A result and a cancellation in one iteration of the loop: who comes second?

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "result-and-cancel",
    chapter: Chapter::Moment,
    operations: &[
        "get_running_loop",
        "loop.create_future",
        "create_task",
        "Future.done",
        "Future.set_result",
        "Future.cancelled",
        "Task.cancel",
        "wait",
    ],
    params: &[
        Param::choice("FIRST", "result", &["result", "cancel"]),
        Param::count("TURNS", 0, 0, 3),
        Param::seconds("DELAY", 1.0, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
