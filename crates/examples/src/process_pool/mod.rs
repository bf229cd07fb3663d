//! CPU work in the loop, in a pool of threads, or in a pool of processes, with a heartbeat beside it.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "process-pool",
    chapter: Chapter::Blocking,
    operations: &[
        "get_running_loop",
        "create_task",
        "gather",
        "loop.run_in_executor",
        "ThreadPoolExecutor",
        "ProcessPoolExecutor",
        "Task.cancel",
    ],
    params: &[
        Param::choice("WHERE", "processes", &["loop", "threads", "processes"]),
        Param::count("JOBS", 4, 1, 8),
        Param::count("WORKERS", 2, 1, 4),
        Param::seconds("SECONDS", 0.5, 0.0, 1.5, 0.05),
        Param::seconds("BEAT", 0.2, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
