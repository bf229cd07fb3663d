//! Workers sharing fewer permits than there are workers, served in the order they asked.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "semaphore-workers",
    chapter: Chapter::Synchronisation,
    operations: &["get_running_loop", "create_task", "gather", "Semaphore"],
    params: &[
        Param {
            name: "WORKERS",
            kind: Kind::Int {
                default: 6,
                min: 1,
                max: 8,
            },
            unit: Unit::Count,
        },
        Param {
            name: "PERMITS",
            kind: Kind::Int {
                default: 2,
                min: 1,
                max: 8,
            },
            unit: Unit::Count,
        },
        Param {
            name: "HOLD",
            kind: Kind::Float {
                default: 0.6,
                min: 0.2,
                max: 1.0,
                step: 0.1,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "EXTRA",
            kind: Kind::Float {
                default: 0.1,
                min: 0.0,
                max: 0.2,
                step: 0.05,
            },
            unit: Unit::Seconds,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
