//! `gather` returns results in argument order, whatever order the children finish in.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "gather-order",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "gather"],
    params: &[Param {
        name: "DELAYS",
        kind: Kind::Floats {
            default: &[1.5, 0.5, 1.0],
            min: 0.0,
            max: 5.0,
            step: 0.1,
            min_len: 1,
            max_len: 8,
        },
        unit: Unit::Seconds,
    }],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
