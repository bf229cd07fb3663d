//! `wait` with `ALL_COMPLETED` returns every task done and raises nothing itself.

use super::{Coro, Example, Family, Kind, Param, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-all",
    family: Family::Wait,
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
    python: include_str!("twin.py"),
    rust: include_str!("program.rs"),
    lines: include_str!("lines.txt"),
    main: |args| Coro::new("main", program::main(args)),
};
