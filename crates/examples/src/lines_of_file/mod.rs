//! A file read line by line beside the loop: a trip to a thread for each line, or for each block of lines.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "lines-of-file",
    chapter: Chapter::Network,
    operations: &["to_thread", "create_task", "Task.cancel"],
    params: &[
        Param::choice("TEXT", "poem", &["poem", "log"]),
        Param::choice("WAY", "line", &["line", "block", "blocking"]),
        Param::count("BLOCK", 4, 2, 8),
        Param::seconds("TRIP", 0.1, 0.0, 0.3, 0.05),
        Param::seconds("LINE", 0.05, 0.0, 0.2, 0.05),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
