//! The same awaits one after another, then gathered: the sum of the delays against the longest.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "sequential-vs-gather",
    chapter: Chapter::Basics,
    operations: &["get_running_loop", "gather"],
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
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
