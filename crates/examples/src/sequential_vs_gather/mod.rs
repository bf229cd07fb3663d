//! The same awaits one after another, then gathered: the sum of the delays against the longest.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "sequential-vs-gather",
    chapter: Chapter::Basics,
    operations: &["get_running_loop", "gather"],
    params: &[Param::seconds_list("DELAYS", &[1.2, 0.5, 0.8], 0.1, 2.0, 0.1, 1..=10)],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
