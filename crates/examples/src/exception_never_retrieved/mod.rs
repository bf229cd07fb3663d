//! A task fails and nobody looks: when the failure becomes known, if ever.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exception-never-retrieved",
    chapter: Chapter::Pitfalls,
    operations: &["create_task", "gather", "Task.add_done_callback", "Task.exception"],
    params: &[
        Param::seconds("FAILS_AT", 0.6, 0.1, 3.0, 0.1),
        Param::seconds("SERVING", 1.5, 0.1, 4.0, 0.1),
        Param::choice(
            "WAY",
            "ignored",
            &["ignored", "forgotten", "awaited", "callback", "gathered"],
        ),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
