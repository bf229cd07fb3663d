//! A child fails: what becomes of its siblings under `gather` and in a `TaskGroup`.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "group-vs-gather",
    chapter: Chapter::Concurrency,
    operations: &["gather", "TaskGroup", "create_task", "TaskGroup.create_task"],
    params: &[
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[0.8, 1.4, 2.4],
                min: 0.1,
                max: 4.0,
                step: 0.1,
                min_len: 1,
                max_len: 8,
            },
            unit: Unit::Seconds,
        },
        Param::count("FAILURES", 1, 0, 8),
        Param::seconds("NEXT_JOB", 1.0, 0.0, 4.0, 0.1),
        Param::choice("WAY", "gather", &["gather", "results", "group"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
