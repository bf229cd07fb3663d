//! Many small lookups awaited one at a time against one gathered batch.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "batch-vs-awaits",
    chapter: Chapter::Patterns,
    operations: &["get_running_loop", "create_task", "gather"],
    params: &[
        Param::count("LOOKUPS", 8, 1, 100),
        Param::seconds("ROUND_TRIP", 0.2, 0.1, 0.5, 0.05),
        Param::seconds("EXTRA", 0.03, 0.01, 0.05, 0.01),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
