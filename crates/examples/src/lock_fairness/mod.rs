//! A lock goes to those who wait in the order in which they came; who asks again goes to the back.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "lock-fairness",
    chapter: Chapter::Synchronisation,
    operations: &["get_running_loop", "create_task", "gather", "Lock", "Lock.acquire", "Lock.release", "Lock.locked"],
    params: &[
        Param {
            name: "HOLDS",
            kind: Kind::Floats {
                default: &[0.6, 0.3, 0.2],
                min: 0.1,
                max: 1.0,
                step: 0.1,
                min_len: 1,
                max_len: 6,
            },
            unit: Unit::Seconds,
        },
        Param::count("TURNS", 3, 1, 5),
        Param::seconds("REST", 0.0, 0.0, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
