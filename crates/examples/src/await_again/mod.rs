//! What may be awaited twice, and what may not.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "await-again",
    chapter: Chapter::Basics,
    operations: &["create_task", "shield", "ensure_future", "get_running_loop", "loop.time"],
    params: &[Param::seconds("DELAY", 1.0, 0.1, 3.0, 0.1), Param::switch("FAILING", false)],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
