//! A bounded buffer with a condition: whom a notification may wake, and what happens if the wrong one.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "condition-buffer",
    chapter: Chapter::Synchronisation,
    operations: &[
        "create_task",
        "Task.cancel",
        "get_running_loop",
        "loop.call_later",
        "gather",
        "Lock",
        "Condition",
        "Condition.wait_for",
        "Condition.wait",
        "Condition.notify",
        "Condition.notify_all",
    ],
    params: &[
        Param::choice("WAKE", "notify_all", &["notify_all", "notify", "two-conditions"]),
        Param::choice("WAIT", "wait_for", &["wait_for", "while", "if"]),
        Param::count("CAPACITY", 1, 1, 5),
        Param::seconds_list("PRODUCE", &[0.3, 0.3], 0.1, 2.0, 0.1, 1..=3),
        Param::seconds_list("CONSUME", &[0.4, 0.5], 0.1, 2.0, 0.1, 1..=3),
        Param::count("ITEMS", 3, 1, 5),
        Param::switch("CANCEL", false),
        Param::seconds("CANCEL_AT", 0.42, 0.02, 2.02, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
