//! Callbacks without tasks: `call_soon`, `call_later`, `call_at`, and what their handles are good for.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "scheduled-callbacks",
    chapter: Chapter::Basics,
    operations: &[
        "get_running_loop",
        "loop.call_soon",
        "loop.call_later",
        "loop.call_at",
        "loop.time",
        "Handle.cancel",
        "TimerHandle.when",
    ],
    params: &[
        Param::choice("WAY", "call_later", &["call_later", "call_at"]),
        Param::seconds("PERIOD", 0.5, 0.2, 1.0, 0.1),
        Param::seconds("WORK", 0.1, 0.05, 0.3, 0.05),
        Param::seconds("STOP_AT", 2.52, 0.52, 4.52, 0.2),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
