//! One child of `gather` fails: the error ends the wait, not the siblings.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "gather-failure",
    chapter: Chapter::Concurrency,
    operations: &["create_task", "gather", "wait"],
    params: &[
        Param::seconds_list("DELAYS", &[1.4, 0.8, 2.3, 1.9], 0.1, 4.0, 0.1, 1..=6),
        Param::index("FAIL_INDEX", 1, 5),
        Param::switch("RETURN_EXCEPTIONS", false),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
