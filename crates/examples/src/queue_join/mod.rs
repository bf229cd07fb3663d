//! `join` waits for `task_done`, not for an empty queue; then the workers are cancelled.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "queue-join",
    chapter: Chapter::Synchronisation,
    operations: &["create_task", "gather", "Queue", "Queue.get", "Queue.put_nowait", "Queue.join", "Queue.task_done", "Queue.qsize", "Task.cancel"],
    params: &[
        Param {
            name: "JOBS",
            kind: Kind::Floats {
                default: &[0.9, 0.4, 1.3, 0.7, 0.5],
                min: 0.1,
                max: 2.0,
                step: 0.1,
                min_len: 1,
                max_len: 8,
            },
            unit: Unit::Seconds,
        },
        Param {
            name: "WORKERS",
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
