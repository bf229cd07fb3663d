//! `FIRST_EXCEPTION` returns at the first failure, or once all are done.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-first-exception",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait", "gather", "Task.cancel"],
    params: &[
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[0.6, 1.8, 1.2, 2.5],
                min: 0.1,
                max: 4.0,
                step: 0.1,
                min_len: 1,
                max_len: 6,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "FAIL_INDEX",
            kind: Kind::Int {
                default: 2,
                min: 0,
                max: 5,
            },
            unit: Unit::None,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
