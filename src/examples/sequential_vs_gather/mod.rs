//! The same awaits one after another, then gathered: the sum of the delays against the longest.

use super::{Coro, Example, Family, Kind, Param, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "sequential-vs-gather",
    family: Family::Gather,
    params: &[Param {
        name: "DELAYS",
        kind: Kind::Floats {
            default: &[1.2, 0.5, 0.8],
            min: 0.1,
            max: 2.0,
            step: 0.1,
            min_len: 1,
            max_len: 5,
        },
        unit: Unit::Seconds,
    }],
    python: include_str!("twin.py"),
    rust: include_str!("program.rs"),
    lines: include_str!("lines.txt"),
    main: |args| Coro::new("main", program::main(args)),
};
