//! Ctrl-C at a moment of the reader's choice: whom it cancels, and what becomes of a second one.

use super::{Chapter, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "ctrl-c",
    chapter: Chapter::Basics,
    operations: &[
        "KeyboardInterrupt",
        "signal.raise_signal",
        "create_task",
        "get_running_loop",
        "loop.call_later",
        "loop.call_soon_threadsafe",
        "loop.add_signal_handler",
        "Event",
        "wait",
    ],
    params: &[
        Param::choice("HANDLER", "asyncio.run", &["asyncio.run", "own", "loop"]),
        Param::seconds("AT", 0.62, 0.02, 3.02, 0.1),
        Param::switch("TWICE", false),
        Param::seconds("AGAIN_AFTER", 0.25, 0.05, 1.05, 0.1),
        Param::switch("SWALLOW", false),
        Param::seconds("WORK", 2.0, 0.5, 4.0, 0.5),
        Param::seconds("CLEANUP", 0.5, 0.2, 1.0, 0.1),
    ],
    program: Program::Script(|args| Box::pin(program::script(args))),
    exercise: None,
};
