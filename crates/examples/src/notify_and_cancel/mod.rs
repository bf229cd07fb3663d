//! The one that was notified is cancelled before it runs: the next one gets the notification.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "notify-and-cancel",
    chapter: Chapter::Moment,
    operations: &[
        "Condition",
        "Condition.wait",
        "Condition.notify",
        "Condition.notify_all",
        "create_task",
        "Task.cancel",
        "wait",
    ],
    params: &[
        Param::choice("FIRST", "notify", &["notify", "cancel"]),
        Param::count("WAITERS", 3, 1, 6),
        Param::seconds("DELAY", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("PATIENCE", 1.0, 0.1, 3.0, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
