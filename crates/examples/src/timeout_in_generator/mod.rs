//! A timeout inside an asynchronous generator, around each `anext`, around the loop: whom it interrupts.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "timeout-in-generator",
    chapter: Chapter::Pitfalls,
    operations: &["timeout", "wait_for", "wait", "create_task", "anext", "Task.result"],
    params: &[
        Param::choice("WHERE", "inside", &["inside", "around-anext", "around-loop", "wait"]),
        Param::seconds_list("FETCHES", &[0.4, 0.9, 0.4], 0.1, 2.0, 0.1, 1..=6),
        Param::seconds("PROCESS", 0.4, 0.1, 2.0, 0.1),
        Param::seconds("LIMIT", 0.73, 0.23, 3.03, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
