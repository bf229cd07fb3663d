//! A bounded queue slows fast producers down to the pace of the consumers.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "queue-backpressure",
    chapter: Chapter::Synchronisation,
    operations: &[
        "get_running_loop",
        "create_task",
        "gather",
        "Queue",
        "Queue.put",
        "Queue.get",
        "Queue.join",
        "Queue.task_done",
        "Queue.qsize",
        "Task.cancel",
    ],
    params: &[
        Param::count("MAXSIZE", 2, 0, 10),
        Param::count("ITEMS", 4, 1, 10),
        Param::seconds_list("PRODUCE", &[0.25, 0.35], 0.05, 1.0, 0.05, 1..=3),
        Param::seconds_list("CONSUME", &[0.9, 0.75], 0.05, 1.0, 0.05, 1..=3),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
