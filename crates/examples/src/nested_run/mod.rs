//! Running a coroutine from within a loop that runs: what refuses, and what to do instead.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "nested-run",
    chapter: Chapter::Pitfalls,
    operations: &[
        "run",
        "get_running_loop",
        "loop.run_until_complete",
        "create_task",
        "Task.add_done_callback",
    ],
    params: &[
        Param::choice(
            "HOW",
            "asyncio.run",
            &["asyncio.run", "run_until_complete", "await", "create_task"],
        ),
        Param::seconds("LOOKUP", 0.5, 0.1, 2.0, 0.1),
        Param::seconds("REST", 0.8, 0.1, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
