//! A cache with a time to live: a stampede of callers, and two cures.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "ttl-cache",
    chapter: Chapter::Patterns,
    operations: &[
        "get_running_loop",
        "loop.time",
        "Lock",
        "create_task",
        "shield",
        "Task.add_done_callback",
        "TaskGroup",
        "TaskGroup.create_task",
    ],
    params: &[
        Param::choice("CACHE", "naive", &["naive", "locked", "shared"]),
        Param::count("CLIENTS", 5, 2, 10),
        Param::seconds("LOAD", 0.8, 0.1, 2.0, 0.1),
        Param::seconds("TTL", 2.0, 0.1, 5.0, 0.1),
        Param::seconds("GAP", 1.2, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
