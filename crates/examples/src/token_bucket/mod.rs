//! A token bucket with a lock, and what goes wrong without the lock or when it forgets what came in while it waited.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "token-bucket",
    chapter: Chapter::Patterns,
    operations: &[
        "Lock",
        "TaskGroup",
        "TaskGroup.create_task",
        "create_task",
        "Task.cancel",
        "get_running_loop",
        "loop.time",
    ],
    params: &[
        Param::choice("LIMITER", "lock", &["lock", "unlocked", "forgetful"]),
        Param::rate("RATE", 4.0, 1.0, 10.0, 0.5),
        Param::count("BURST", 3, 1, 8),
        Param::count("CLIENTS", 4, 1, 8),
        Param::seconds("BUSY", 0.1, 0.0, 0.4, 0.05),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
