//! A future that another task completes: its callbacks run in their order, in the next turn.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "future-callbacks",
    chapter: Chapter::Basics,
    operations: &[
        "get_running_loop",
        "create_task",
        "loop.create_future",
        "loop.call_soon",
        "Future.add_done_callback",
        "Future.set_result",
        "Future.set_exception",
        "Future.cancel",
        "Future.done",
        "Future.cancelled",
        "Future.exception",
        "Future.result",
    ],
    params: &[
        Param::choice("COMPLETE_BY", "set_result", &["set_result", "set_exception", "cancel"]),
        Param::seconds("DELAY", 1.0, 0.0, 3.0, 0.1),
        Param::count("CALLBACKS", 2, 0, 5),
        Param::switch("ONLY_ONCE", false),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
