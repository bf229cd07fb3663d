//! A bounded queue slows fast producers down to the pace of the consumers.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "queue-backpressure",
    chapter: Chapter::Synchronisation,
    operations: &["get_running_loop", "create_task", "gather", "Queue", "Queue.put", "Queue.get", "Queue.join", "Queue.task_done", "Queue.qsize", "Task.cancel"],
    params: &[
        Param {
            name: "MAXSIZE",
            kind: Kind::Int {
                default: 2,
                min: 0,
                max: 8,
            },
            unit: Unit::Count,
        },
        Param {
            name: "ITEMS",
            kind: Kind::Int {
                default: 4,
                min: 1,
                max: 5,
            },
            unit: Unit::Count,
        },
        Param {
            name: "PRODUCE",
            kind: Kind::Floats {
                default: &[0.25, 0.35],
                min: 0.05,
                max: 1.0,
                step: 0.05,
                min_len: 1,
                max_len: 3,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "CONSUME",
            kind: Kind::Floats {
                default: &[0.9, 0.75],
                min: 0.05,
                max: 1.0,
                step: 0.05,
                min_len: 1,
                max_len: 3,
            },
            unit: Unit::Seconds,
        },
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
