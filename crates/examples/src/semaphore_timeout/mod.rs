//! Clients that wait for a permit only so long, and release only what they acquired.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "semaphore-timeout",
    chapter: Chapter::Synchronisation,
    operations: &["wait_for", "create_task", "gather", "Semaphore", "Semaphore.acquire", "Semaphore.release"],
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
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
