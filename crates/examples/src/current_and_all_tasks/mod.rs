//! Which task runs the present line, and which tasks there are, over time.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "current-and-all-tasks",
    chapter: Chapter::Basics,
    operations: &[
        "get_running_loop",
        "create_task",
        "current_task",
        "all_tasks",
        "gather",
        "loop.call_soon",
        "Task.get_name",
    ],
    params: &[
        Param::seconds_list("JOBS", &[1.6, 0.7, 1.2, 0.4], 0.1, 3.0, 0.1, 1..=7),
        Param::seconds("EVERY", 0.5, 0.1, 1.0, 0.1),
        Param::choice("NAMES", "given", &["given", "automatic"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
