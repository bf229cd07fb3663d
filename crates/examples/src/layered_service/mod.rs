//! A request's way through the layers of a service: one task, until a layer makes more of it.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "layered-service",
    chapter: Chapter::Network,
    operations: &["TaskGroup", "timeout", "Task.result"],
    params: &[
        Param::choice("FAN_OUT", "group", &["group", "sequential"]),
        Param::seconds("QUERY_TIME", 0.4, 0.1, 1.0, 0.1),
        Param::seconds("SLOW", 2.5, 0.1, 4.0, 0.1),
        Param::seconds("TIMEOUT", 1.5, 0.1, 4.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
