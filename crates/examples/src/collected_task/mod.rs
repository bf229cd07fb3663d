//! Tasks that nobody keeps and that wait for futures of their own are collected in mid-run.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "collected-task",
    chapter: Chapter::Pitfalls,
    operations: &[
        "gc.collect",
        "get_running_loop",
        "weakref.WeakValueDictionary",
        "create_task",
        "loop.create_future",
        "Task.add_done_callback",
        "timeout",
        "all_tasks",
    ],
    params: &[
        Param::choice("KEPT_BY", "nobody", &["nobody", "set", "timeout"]),
        Param::count("QUESTIONS", 2, 1, 6),
        Param::switch("COLLECT", true),
        Param::seconds("COLLECT_AT", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("ANSWER_AFTER", 1.0, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
