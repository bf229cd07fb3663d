//! A producer ends its consumers with one sentinel each, behind the last job.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "queue-sentinel",
    chapter: Chapter::Synchronisation,
    operations: &["create_task", "gather", "Queue", "Queue.put", "Queue.get"],
    params: &[
        Param::seconds_list("JOBS", &[0.8, 0.5, 1.1, 0.4, 0.9, 0.6], 0.1, 2.0, 0.1, 1..=8),
        Param::count("CONSUMERS", 3, 1, 6),
        Param::choice("SENTINELS", "each", &["each", "one", "handed-on"]),
        Param::seconds("GAP", 0.15, 0.05, 0.5, 0.05),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
