//! `wait` with `ALL_COMPLETED` returns every task done and raises nothing itself.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-all",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait"],
    params: &[
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[1.4, 0.6, 1.0, 1.8],
                min: 0.1,
                max: 4.0,
                step: 0.1,
                min_len: 1,
                max_len: 8,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "FAIL_INDEX",
            kind: Kind::Int {
                default: 2,
                min: 0,
                max: 7,
            },
            unit: Unit::None,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
