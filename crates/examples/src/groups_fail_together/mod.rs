//! Children of nested groups fail in one iteration: both errors arrive, each at its group.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "groups-fail-together",
    chapter: Chapter::Moment,
    operations: &[
        "TaskGroup",
        "TaskGroup.create_task",
        "Event",
        "Event.set",
        "Event.wait",
        "get_running_loop",
        "loop.call_later",
        "current_task",
        "Task.cancelling",
    ],
    params: &[
        Param::choice("FIRST", "inner", &["inner", "outer"]),
        Param::choice("CATCH", "outside", &["outside", "between"]),
        Param::seconds("DELAY", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("CLEANUP", 0.0, 0.0, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
