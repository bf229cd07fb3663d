//! `FIRST_COMPLETED` takes the first answer; the losers are cancelled and cleaned up after.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-first",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait", "gather", "Task.cancel"],
    params: &[
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[1.6, 0.9, 2.1],
                min: 0.1,
                max: 4.0,
                step: 0.1,
                min_len: 1,
                max_len: 6,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "CLEANUP",
            kind: Kind::Float {
                default: 0.4,
                min: 0.0,
                max: 2.0,
                step: 0.1,
            },
            unit: Unit::Seconds,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
