//! Three clients wait for the same condition: by an event, by polling, and by polling with a careless deadline.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "poll-condition",
    chapter: Chapter::Patterns,
    operations: &[
        "Event",
        "Event.set",
        "Event.is_set",
        "Event.wait",
        "timeout",
        "TaskGroup",
        "TaskGroup.create_task",
        "get_running_loop",
        "loop.time",
    ],
    params: &[
        Param::seconds("READY", 1.6, 0.0, 4.0, 0.1),
        Param::seconds("INTERVAL", 0.6, 0.1, 2.0, 0.1),
        Param::seconds("CHECK", 0.1, 0.0, 0.5, 0.05),
        Param::seconds("TIMEOUT", 2.5, 0.1, 4.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
