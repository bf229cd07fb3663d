//! A monitor that waits in rounds: woken by the first job to end or by the timeout.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-polling",
    chapter: Chapter::Concurrency,
    operations: &["get_running_loop", "create_task", "wait"],
    params: &[
        Param {
            name: "DELAYS",
            kind: Kind::Floats {
                default: &[0.8, 2.4, 1.7],
                min: 0.1,
                max: 4.0,
                step: 0.1,
                min_len: 1,
                max_len: 5,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "INTERVAL",
            kind: Kind::Float {
                default: 0.5,
                min: 0.2,
                max: 2.0,
                step: 0.1,
            },
            unit: Unit::Seconds,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
