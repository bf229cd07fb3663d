//! `wait_for` cancels what it waits for, and raises only when that has ended.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-for-timeout",
    chapter: Chapter::Concurrency,
    operations: &["wait_for", "TaskGroup", "TaskGroup.create_task", "get_running_loop", "loop.time"],
    params: &[
        Param::seconds("WORK", 2.0, 0.1, 4.0, 0.1),
        Param::seconds("TIMEOUT", 1.0, 0.1, 4.0, 0.1),
        Param {
            name: "CLEANUPS",
            kind: Kind::Floats {
                default: &[0.0, 0.5, 1.2],
                min: 0.0,
                max: 3.0,
                step: 0.1,
                min_len: 1,
                max_len: 6,
            },
            unit: Unit::Seconds,
        },
        Param::choice("WHEN_CANCELLED", "raise", &["raise", "return"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
