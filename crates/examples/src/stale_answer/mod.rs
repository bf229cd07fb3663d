//! A query that is given up in mid-reply leaves its answer on the connection, and the next one takes it.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "stale-answer",
    chapter: Chapter::Network,
    operations: &[
        "start_server",
        "open_connection",
        "wait_for",
        "StreamReader.readline",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
        "current_task",
        "Task.set_name",
    ],
    params: &[
        Param::choice("AFTER", "go-on", &["go-on", "reconnect", "match"]),
        Param::seconds_list("ANSWERS", &[0.3, 0.8, 0.3, 0.4], 0.1, 1.5, 0.1, 1..=6),
        Param::seconds("LIMIT", 0.65, 0.25, 2.05, 0.1),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
