//! Clients that wait for a permit only so long, and release only what they acquired.

use super::{Coro, Example, Family, Kind, Param, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "semaphore-timeout",
    family: Family::Semaphore,
    params: &[
        Param {
            name: "CLIENTS",
            kind: Kind::Int {
                default: 6,
                min: 1,
                max: 10,
            },
            unit: Unit::Count,
        },
        Param {
            name: "PERMITS",
            kind: Kind::Int {
                default: 2,
                min: 1,
                max: 6,
            },
            unit: Unit::Count,
        },
        Param {
            name: "GAP",
            kind: Kind::Float {
                default: 0.25,
                min: 0.05,
                max: 1.0,
                step: 0.05,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "HOLD",
            kind: Kind::Float {
                default: 1.3,
                min: 0.1,
                max: 2.0,
                step: 0.1,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "TIMEOUT",
            kind: Kind::Float {
                default: 0.9,
                min: 0.1,
                max: 3.0,
                step: 0.1,
            },
            unit: Unit::Seconds,
        },
    ],
    python: include_str!("twin.py"),
    rust: include_str!("program.rs"),
    lines: include_str!("lines.txt"),
    main: |args| Coro::new("main", program::main(args)),
};
