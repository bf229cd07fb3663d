//! One child of `gather` fails: the error ends the wait, not the siblings.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "gather-failure",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "gather", "wait"],
    params: &[
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[1.4, 0.8, 2.3, 1.9],
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
                default: 1,
                min: 0,
                max: 5,
            },
            unit: Unit::None,
        },
        Param {
            name: "RETURN_EXCEPTIONS",
            kind: Kind::Bool { default: false },
            unit: Unit::None,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
