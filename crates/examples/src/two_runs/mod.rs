//! Two `asyncio.run`, and a lock that both use: it belongs to the loop in which somebody first waited for it.

use super::{Chapter, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "two-runs",
    chapter: Chapter::Pitfalls,
    operations: &["run", "Lock", "create_task", "gather"],
    params: &[
        Param::choice("LOCK", "of-the-module", &["of-the-module", "of-each-run"]),
        Param::count("WORKERS", 2, 1, 4),
        Param::seconds("HOLD", 0.4, 0.1, 1.0, 0.1),
        Param::seconds("GAP", 0.15, 0.05, 1.25, 0.1),
    ],
    program: Program::Script(|args| Box::pin(program::script(args))),
    exercise: None,
};
