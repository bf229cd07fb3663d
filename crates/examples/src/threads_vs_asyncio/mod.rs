//! The same waiting jobs by threads and by coroutines: they take the same time.

use super::{Chapter, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "threads-vs-asyncio",
    chapter: Chapter::Blocking,
    operations: &["TaskGroup", "TaskGroup.create_task", "Thread", "Thread.start", "Thread.join"],
    params: &[
        Param::choice("RUN", "both", &["both", "threads", "tasks"]),
        Param::seconds_list("DELAYS", &[0.9, 0.5, 1.4, 0.7, 1.1], 0.1, 3.0, 0.1, 1..=10),
    ],
    program: Program::Script(|args| Box::pin(program::script(args))),
    exercise: None,
};
