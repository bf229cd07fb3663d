//! A server that closes while clients are still connected: who is told, and how long it waits for them.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "server-close",
    chapter: Chapter::Network,
    operations: &[
        "start_server",
        "open_connection",
        "Server.serve_forever",
        "Server.close",
        "Server.close_clients",
        "Server.abort_clients",
        "Server.wait_closed",
        "StreamReader.read",
        "StreamWriter.get_extra_info",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
        "create_task",
        "current_task",
        "Task.set_name",
        "timeout",
        "gather",
    ],
    params: &[
        Param::choice("STOP", "close", &["close", "close_clients", "abort_clients"]),
        Param::count("CLIENTS", 2, 1, 4),
        Param::count("PIECE", 12, 1, 100),
        Param::seconds("STOP_AT", 1.03, 0.03, 2.03, 0.1),
        Param::seconds("STAY", 2.5, 0.5, 4.0, 0.5),
        Param::seconds("PATIENCE", 5.0, 0.5, 5.0, 0.5),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
