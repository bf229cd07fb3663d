//! `gather` returns results in argument order, whatever order the children finish in.

use super::{Coro, Example, Family, Kind, Param, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "gather-order",
    family: Family::Gather,
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
    python: include_str!("twin.py"),
    rust: include_str!("program.rs"),
    lines: include_str!("lines.txt"),
    main: |args| Coro::new("main", program::main(args)),
};
