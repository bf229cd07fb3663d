//! A lock is released, and the first in line is cancelled, in one step: the lock is not lost.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "release-and-cancel",
    chapter: Chapter::Moment,
    operations: &[
        "Lock",
        "Lock.acquire",
        "Lock.release",
        "Lock.locked",
        "Semaphore",
        "Semaphore.acquire",
        "Semaphore.release",
        "create_task",
        "Task.cancel",
        "wait",
    ],
    params: &[
        Param::choice("KIND", "Lock", &["Lock", "Semaphore"]),
        Param::choice("FIRST", "release", &["release", "cancel"]),
        Param::count("CLIENTS", 3, 1, 6),
        Param::seconds("HOLD", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("WORK", 0.5, 0.1, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
