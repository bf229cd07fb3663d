//! The same jobs through a queue, a stack and a heap: what a worker takes while they still come.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "priority-queues",
    chapter: Chapter::Synchronisation,
    operations: &[
        "TaskGroup",
        "TaskGroup.create_task",
        "Queue",
        "LifoQueue",
        "PriorityQueue",
        "Queue.put_nowait",
        "Queue.get",
        "Queue.shutdown",
    ],
    params: &[
        Param::choice("KIND", "PriorityQueue", &["Queue", "LifoQueue", "PriorityQueue"]),
        Param::switch("NUMBERED", true),
        Param::seconds("GAP", 0.2, 0.0, 1.0, 0.1),
        Param::seconds("BEGIN", 0.3, 0.0, 3.0, 0.1),
        Param::seconds("WORK", 0.5, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
