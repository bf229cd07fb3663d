//! A camera that drops frames rather than wait, and a screen that polls.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "queue-nowait",
    chapter: Chapter::Synchronisation,
    operations: &["create_task", "Queue", "Queue.put_nowait", "Queue.get_nowait"],
    params: &[
        Param {
            name: "FRAMES",
            kind: Kind::Int {
                default: 9,
                min: 1,
                max: 15,
            },
            unit: Unit::Count,
        },
        Param {
            name: "GAP",
            kind: Kind::Float {
                default: 0.2,
                min: 0.05,
                max: 0.5,
                step: 0.05,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "SHOW",
            kind: Kind::Float {
                default: 0.5,
                min: 0.05,
                max: 1.0,
                step: 0.05,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "IDLE",
            kind: Kind::Float {
                default: 0.25,
                min: 0.1,
                max: 1.0,
                step: 0.05,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "MAXSIZE",
            kind: Kind::Int {
                default: 2,
                min: 1,
                max: 6,
            },
            unit: Unit::Count,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
