//! `ensure_future` makes a task of a coroutine and leaves futures as they are; `sleep` with a result.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "ensure-future",
    chapter: Chapter::Concurrency,
    operations: &[
        "ensure_future",
        "create_task",
        "get_running_loop",
        "loop.create_future",
        "loop.call_later",
    ],
    params: &[
        Param::choice("GIVEN", "coroutine", &["coroutine", "task", "future"]),
        Param::choice("WRAP", "ensure_future", &["ensure_future", "create_task", "nothing"]),
        Param::seconds("DELAY", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("OWN_WORK", 0.72, 0.02, 2.02, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
