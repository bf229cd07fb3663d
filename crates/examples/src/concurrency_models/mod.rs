//! Computing and waiting, in coroutines, threads and processes: who gets things done at a time.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "concurrency-models",
    chapter: Chapter::Basics,
    operations: &["get_running_loop", "gather", "loop.run_in_executor"],
    params: &[
        Param::choice("WORK", "computing", &["waiting", "computing"]),
        Param::choice("MODEL", "all", &["all", "plain-loop", "coroutines", "threads", "processes"]),
        Param::count("JOBS", 3, 1, 8),
        Param::seconds("SECONDS", 0.8, 0.1, 2.0, 0.1),
        Param::count("WORKERS", 3, 1, 4),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
