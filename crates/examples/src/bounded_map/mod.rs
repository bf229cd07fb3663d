//! A gathered map over many items with a semaphore bounding how many run at once.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "bounded-map",
    chapter: Chapter::Patterns,
    operations: &["create_task", "gather", "Semaphore"],
    params: &[
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[1.1, 0.4, 0.9, 0.6, 1.2, 0.3, 0.8],
                min: 0.1,
                max: 2.0,
                step: 0.1,
                min_len: 1,
                max_len: 10,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "LIMIT",
            kind: Kind::Int {
                default: 3,
                min: 1,
                max: 8,
            },
            unit: Unit::Count,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
