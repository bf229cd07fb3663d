//! `asyncio.timeout` around several awaits, one in another, and put off while it runs.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "timeout-scope",
    chapter: Chapter::Concurrency,
    operations: &[
        "timeout",
        "Timeout.reschedule",
        "Timeout.when",
        "TaskGroup",
        "TaskGroup.create_task",
        "get_running_loop",
        "loop.time",
    ],
    params: &[
        Param::seconds_list("BUDGETS", &[1.0, 1.8, 2.6], 0.1, 5.0, 0.1, 1..=6),
        Param::seconds("LOOKUP", 1.5, 0.1, 3.0, 0.1),
        Param::seconds("LOOKUP_LIMIT", 0.8, 0.1, 3.0, 0.1),
        Param::seconds("TRANSFER", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("EXTENSION", 0.0, 0.0, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
