//! The same waiting jobs by threads and by coroutines: they take the same time.

use super::{Example, Chapter, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "threads-vs-asyncio",
    chapter: Chapter::Blocking,
    operations: &["TaskGroup", "TaskGroup.create_task", "Thread", "Thread.start", "Thread.join"],
    params: &[
        Param::choice("RUN", "both", &["both", "threads", "tasks"]),
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[0.9, 0.5, 1.4, 0.7, 1.1],
                min: 0.1,
                max: 3.0,
                step: 0.1,
                min_len: 1,
                max_len: 10,
            },
            unit: Unit::Seconds,
        },
    ],
    program: Program::Script(|args| Box::pin(program::script(args))),
    exercise: None,
};
