//! A small HTTP client: so many connections at a time, a timeout per request, failures kept apart.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "http-client-limit",
    chapter: Chapter::Network,
    operations: &[
        "Semaphore",
        "timeout",
        "TaskGroup",
        "start_server",
        "open_connection",
        "current_task",
        "Task.set_name",
        "Task.result",
        "StreamReader.readuntil",
        "StreamReader.readexactly",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
    ],
    params: &[
        Param::count("REQUESTS", 6, 1, 10),
        Param::count("LIMIT", 2, 1, 10),
        Param::seconds("TIMEOUT", 1.5, 0.2, 5.0, 0.1),
        Param::seconds("SLOW", 2.5, 0.1, 4.0, 0.1),
        Param::network_latency(0.05, 0.0, 0.5, 0.01),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
