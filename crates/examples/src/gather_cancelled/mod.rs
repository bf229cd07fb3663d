//! A child of `gather`, or the one who gathers, is cancelled.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "gather-cancelled",
    chapter: Chapter::Concurrency,
    operations: &[
        "gather",
        "create_task",
        "Task.cancel",
        "Task.cancelled",
        "Task.cancelling",
        "current_task",
        "wait",
    ],
    params: &[
        Param::choice("CANCEL", "child", &["child", "collector", "nobody"]),
        Param::switch("RETURN_EXCEPTIONS", true),
        Param::seconds("CANCEL_AT", 0.75, 0.05, 3.05, 0.1),
        Param::seconds_list("DELAYS", &[0.5, 1.0, 1.5], 0.1, 3.0, 0.1, 1..=6),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
