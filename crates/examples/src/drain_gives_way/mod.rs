//! `await writer.drain()` gives way only when the buffer is full: a heartbeat beside a busy writer.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "drain-gives-way",
    chapter: Chapter::Network,
    operations: &[
        "start_server",
        "open_connection",
        "StreamReader.read",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
        "create_task",
        "get_running_loop",
        "current_task",
        "Task.set_name",
        "Task.cancel",
    ],
    params: &[
        Param::choice("GIVE_WAY", "drain", &["nothing", "drain", "sleep0"]),
        Param::count("RECORDS", 8, 1, 12),
        Param::count("SIZE", 2_000, 1_000, 40_000),
        Param::seconds("MAKE", 0.1, 0.05, 0.3, 0.05),
        Param::seconds("BEAT", 0.25, 0.25, 1.0, 0.25),
        Param::network_bandwidth(100_000, 20_000, 1_000_000),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
