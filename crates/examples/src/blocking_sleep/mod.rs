//! `time.sleep` in one coroutine holds all of them; `asyncio.sleep` and a thread do not.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "blocking-sleep",
    chapter: Chapter::Blocking,
    operations: &["get_running_loop", "create_task", "gather", "to_thread", "Task.cancel"],
    params: &[
        Param::choice("CALL", "time.sleep", &["time.sleep", "asyncio.sleep", "to_thread"]),
        Param::seconds("LENGTH", 1.5, 0.1, 5.0, 0.1),
        Param::seconds("BEAT", 0.4, 0.1, 1.0, 0.1),
        Param::seconds("DOWNLOAD", 1.3, 0.1, 4.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
