//! A thread has the loop run coroutines, waits for their results, and wakes the loop in the end.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "coroutine-threadsafe",
    chapter: Chapter::Blocking,
    operations: &[
        "get_running_loop",
        "create_task",
        "current_task",
        "run_coroutine_threadsafe",
        "loop.call_soon_threadsafe",
        "loop.call_soon",
        "Event",
        "Event.wait",
        "Event.set",
        "Task.set_name",
        "Task.cancel",
    ],
    params: &[
        Param::choice("CALL", "call_soon_threadsafe", &["call_soon_threadsafe", "call_soon"]),
        Param::switch("TOGETHER", false),
        Param::seconds_list("DELAYS", &[0.9, 0.5, 0.7], 0.1, 2.0, 0.1, 1..=6),
        Param::seconds("BEAT", 0.8, 0.1, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
