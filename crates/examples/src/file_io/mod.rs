//! Files block; threads read them beside the loop, as many at a time as the disk takes.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "file-io",
    chapter: Chapter::Network,
    operations: &["to_thread", "Semaphore", "TaskGroup"],
    params: &[
        Param::count("FILES", 4, 1, 6),
        Param::choice("MODE", "concurrent", &["concurrent", "sequential", "blocking"]),
        Param::count("DEPTH", 2, 1, 6),
        Param::seconds("BLOCK_TIME", 0.2, 0.1, 1.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
