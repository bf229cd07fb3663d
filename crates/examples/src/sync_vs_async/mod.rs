//! The same jobs in synchronous functions, in coroutines awaited in turn, and in tasks together.

use super::{Chapter, Coro, Example, Kind, Param, Program, Unit};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "sync-vs-async",
    chapter: Chapter::Basics,
    operations: &["get_running_loop", "create_task", "TaskGroup", "TaskGroup.create_task", "Task.cancel"],
    params: &[
        Param::choice("MODE", "in-turn", &["blocking", "in-turn", "together"]),
        Param {
            name: "BREWING",
            kind: Kind::Floats {
                default: &[1.0, 0.6, 1.4],
                min: 0.1,
                max: 2.0,
                step: 0.1,
                min_len: 1,
                max_len: 6,
            },
            unit: Unit::Seconds,
        },
        Param::seconds("TICK", 0.4, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
