//! All requests at once slow a busy service down; a bound on them pays.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "unbounded-gather",
    chapter: Chapter::Pitfalls,
    operations: &["create_task", "gather", "Semaphore", "get_running_loop", "loop.time"],
    params: &[
        Param::count("JOBS", 14, 1, 24),
        Param::count("CAPACITY", 4, 1, 10),
        Param::number("SLOWDOWN", 0.5, 0.0, 2.0, 0.1),
        Param::switch("BOUNDED", false),
        Param::count("LIMIT", 4, 1, 24),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
