//! Jobs in a pool of threads: they queue for its workers, and giving one up frees no worker.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "executor-workers",
    chapter: Chapter::Blocking,
    operations: &[
        "get_running_loop",
        "TaskGroup",
        "TaskGroup.create_task",
        "timeout",
        "loop.run_in_executor",
        "ThreadPoolExecutor",
    ],
    params: &[
        Param::seconds_list("JOBS", &[0.9, 0.5, 1.2, 0.4, 0.7], 0.1, 3.0, 0.1, 1..=8),
        Param::count("WORKERS", 2, 1, 8),
        Param::seconds("TIMEOUT", 5.0, 0.1, 5.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
