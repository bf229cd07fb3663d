//! A producer ends its consumers with one sentinel each, behind the last job.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "queue-sentinel",
    chapter: Chapter::Synchronisation,
    operations: &["create_task", "gather", "Queue", "Queue.put", "Queue.get"],
    params: &[
        Param {
            name: "JOBS",
            kind: Kind::Floats {
                default: &[0.8, 0.5, 1.1, 0.4, 0.9, 0.6],
                min: 0.1,
                max: 2.0,
                step: 0.1,
                min_len: 1,
                max_len: 8,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "CONSUMERS",
            kind: Kind::Int {
                default: 3,
                min: 1,
                max: 6,
            },
            unit: Unit::Count,
        },
        Param {
            name: "GAP",
            kind: Kind::Float {
                default: 0.15,
                min: 0.05,
                max: 0.5,
                step: 0.05,
            },
            unit: Unit::Seconds,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
