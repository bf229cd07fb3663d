//! One `set` wakes all who wait; while the event is set nobody waits; `clear` closes it again.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "event-waiters",
    chapter: Chapter::Synchronisation,
    operations: &[
        "get_running_loop",
        "TaskGroup",
        "TaskGroup.create_task",
        "Event",
        "Event.wait",
        "Event.set",
        "Event.clear",
        "Event.is_set",
    ],
    params: &[
        Param::seconds_list("ARRIVALS", &[0.0, 0.3, 0.6, 1.4, 2.2], 0.0, 5.0, 0.1, 1..=8),
        Param::seconds("SET_AT", 1.0, 0.0, 4.0, 0.1),
        Param::seconds("OPEN", 0.8, 0.0, 3.0, 0.1),
        Param::seconds("CLOSED", 1.2, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
