//! A loop that runs until it is stopped, and runs again.

use super::{Chapter, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "run-forever-stop",
    chapter: Chapter::Basics,
    operations: &[
        "new_event_loop",
        "get_event_loop",
        "loop.create_task",
        "loop.run_forever",
        "loop.stop",
        "loop.call_later",
        "loop.call_soon",
        "loop.is_running",
        "loop.run_until_complete",
        "loop.close",
        "Task.cancel",
    ],
    params: &[
        Param::seconds("STOP_AT", 1.23, 0.03, 3.03, 0.1),
        Param::seconds("BEAT", 0.5, 0.1, 2.0, 0.1),
        Param::switch("TIDY", true),
        Param::choice("LOOP", "new_event_loop", &["new_event_loop", "get_event_loop"]),
    ],
    program: Program::Script(|args| Box::pin(program::script(args))),
    exercise: None,
};
