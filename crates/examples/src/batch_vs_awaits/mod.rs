//! Many small lookups awaited one at a time against one gathered batch.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "batch-vs-awaits",
    chapter: Chapter::Patterns,
    operations: &["get_running_loop", "create_task", "gather"],
    params: &[
        Param {
            name: "LOOKUPS",
            kind: Kind::Int {
                default: 8,
                min: 1,
                max: 12,
            },
            unit: Unit::Count,
        },
        Param {
            name: "ROUND_TRIP",
            kind: Kind::Float {
                default: 0.2,
                min: 0.1,
                max: 0.5,
                step: 0.05,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "EXTRA",
            kind: Kind::Float {
                default: 0.03,
                min: 0.01,
                max: 0.05,
                step: 0.01,
            },
            unit: Unit::Seconds,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
