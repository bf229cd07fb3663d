//! A timeout of `wait` ends the waiting only; what is pending keeps running.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-timeout",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait", "gather", "Task.cancel"],
    params: &[
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[0.7, 1.6, 2.5],
                min: 0.1,
                max: 4.0,
                step: 0.1,
                min_len: 1,
                max_len: 6,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "TIMEOUT",
            kind: Kind::Float {
                default: 1.2,
                min: 0.1,
                max: 4.0,
                step: 0.1,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "LATECOMERS",
            kind: Kind::Choice {
                default: "await",
                options: &["await", "cancel"],
            },
            unit: Unit::None,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
