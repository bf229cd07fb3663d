//! A crawler with limits of depth and pages: workers on a queue, or recursion, in turn or all at once.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "crawler",
    chapter: Chapter::Network,
    operations: &[
        "Queue",
        "Queue.get",
        "Queue.put_nowait",
        "Queue.join",
        "Queue.task_done",
        "Queue.get_nowait",
        "Queue.empty",
        "TaskGroup",
        "current_task",
        "Task.set_name",
        "gather",
        "Task.cancel",
        "start_server",
        "open_connection",
        "StreamReader.readline",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
    ],
    params: &[
        Param::choice("MODE", "workers", &["workers", "sequential", "gather"]),
        Param::count("WORKERS", 3, 1, 6),
        Param::count("MAX_PAGES", 10, 1, 20),
        Param::count("MAX_DEPTH", 2, 0, 3),
        Param::seed("SEED", 1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
