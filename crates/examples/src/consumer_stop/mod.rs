//! Four ways to end a consumer: a flag that it looks at now and then, a sentinel, a shutdown, a cancel.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "consumer-stop",
    chapter: Chapter::Synchronisation,
    operations: &[
        "get_running_loop",
        "create_task",
        "wait",
        "wait_for",
        "Event",
        "Event.set",
        "Event.is_set",
        "Queue",
        "Queue.get",
        "Queue.put",
        "Queue.task_done",
        "Queue.join",
        "Queue.shutdown",
        "Task.cancel",
    ],
    params: &[
        Param::choice("STOP", "flag", &["flag", "sentinel", "shutdown", "cancel"]),
        Param::seconds("POLL", 0.4, 0.1, 2.0, 0.1),
        Param::seconds("GAP", 0.9, 0.1, 2.0, 0.1),
        Param::seconds("WORK", 0.3, 0.1, 2.0, 0.1),
        Param::count("JOBS", 3, 1, 6),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
