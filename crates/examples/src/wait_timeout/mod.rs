//! A timeout of `wait` ends the waiting only; what is pending keeps running.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-timeout",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "wait", "gather", "Task.cancel"],
    params: &[
        Param::seconds_list("DELAYS", &[0.7, 1.6, 2.5], 0.1, 4.0, 0.1, 1..=6),
        Param::seconds("TIMEOUT", 1.2, 0.1, 4.0, 0.1),
        Param::choice("LATECOMERS", "await", &["await", "cancel"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
