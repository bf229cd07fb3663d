//! What `asyncio.run` does after the main coroutine, and what a loop made by hand leaves undone.

use super::{Chapter, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "run-vs-run-until-complete",
    chapter: Chapter::Basics,
    operations: &[
        "create_task",
        "new_event_loop",
        "loop.run_until_complete",
        "loop.shutdown_asyncgens",
        "loop.close",
        "all_tasks",
        "current_task",
        "gather",
        "Task.cancel",
    ],
    params: &[
        Param::choice("RUNNER", "own-loop", &["asyncio.run", "own-loop", "own-loop-tidied"]),
        Param::seconds("MAIN", 1.2, 0.2, 3.0, 0.2),
        Param::seconds("SAVING", 2.0, 0.2, 4.0, 0.2),
        Param::seconds("CLEANUP", 0.5, 0.0, 2.0, 0.1),
    ],
    program: Program::Script(|args| Box::pin(program::script(args))),
    exercise: None,
};
