//! An asynchronous generator asked by hand: `aiter`, `anext`, a default, two who ask at once.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "anext-by-hand",
    chapter: Chapter::Patterns,
    operations: &["aiter", "anext", "StopAsyncIteration", "gather", "create_task"],
    params: &[
        Param::count("COUNT", 4, 1, 8),
        Param::count("TAKE", 2, 0, 8),
        Param::count("ASKERS", 1, 1, 3),
        Param::seconds("PACE", 0.5, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
