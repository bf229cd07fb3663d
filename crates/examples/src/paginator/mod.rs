//! Pages from an iterator class, from a generator, and from a generator that fetches ahead.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "paginator",
    chapter: Chapter::Patterns,
    operations: &["create_task", "Task.cancel", "get_running_loop", "loop.time"],
    params: &[
        Param::choice("STYLE", "prefetch", &["class", "generator", "prefetch"]),
        Param::count("ITEMS", 18, 1, 40),
        Param::count("PAGE_SIZE", 4, 2, 10),
        Param::seconds("FETCH", 0.5, 0.1, 2.0, 0.1),
        Param::seconds("PROCESS", 0.4, 0.1, 2.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
