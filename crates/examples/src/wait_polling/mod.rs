//! A monitor that waits in rounds: woken by the first job to end or by the timeout.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "wait-polling",
    chapter: Chapter::Concurrency,
    operations: &["get_running_loop", "create_task", "wait"],
    params: &[
        Param::seconds_list("DELAYS", &[0.8, 2.4, 1.7], 0.1, 4.0, 0.1, 1..=5),
        Param::seconds("INTERVAL", 0.5, 0.2, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
