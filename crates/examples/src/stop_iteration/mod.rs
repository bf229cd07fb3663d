//! `StopIteration` cannot be raised into a future, nor out of a coroutine: the end of an iterator needs another sign.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "stop-iteration",
    chapter: Chapter::Pitfalls,
    operations: &["to_thread", "StopIteration"],
    params: &[
        Param::choice("WHERE", "thread", &["thread", "coroutine"]),
        Param::switch("DEFAULT", false),
        Param::count("LINES", 2, 0, 6),
        Param::seconds("READ", 0.3, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
