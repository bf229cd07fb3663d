//! Debug mode: asyncio's logger names each step that holds the loop too long, and not what is slow by many.

use super::{Chapter, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "debug-slow",
    chapter: Chapter::Blocking,
    operations: &[
        "run",
        "loop.slow_callback_duration",
        "get_running_loop",
        "create_task",
        "gather",
        "Task.cancel",
    ],
    params: &[
        Param::switch("DEBUG", true),
        Param::seconds("THRESHOLD", 0.1, 0.05, 1.05, 0.05),
        Param::seconds_list("HELD", &[0.3, 0.08, 0.08, 0.08, 0.08], 0.02, 0.62, 0.02, 1..=8),
        Param::seconds("BEAT", 0.23, 0.13, 0.53, 0.1),
    ],
    program: Program::Script(|args| Box::pin(program::script(args))),
    exercise: None,
};
