//! Clients and an echo server on streams: connecting, draining and reading each wait for the network.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "tcp-echo",
    chapter: Chapter::Network,
    operations: &[
        "start_server",
        "open_connection",
        "TaskGroup",
        "current_task",
        "Task.set_name",
        "StreamReader.readline",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
    ],
    params: &[
        Param::count("CLIENTS", 3, 1, 4),
        Param::count("SIZE", 30_000, 1_000, 50_000),
        Param::network_latency(0.2, 0.0, 0.5, 0.01),
        Param::network_bandwidth(60_000, 20_000, 1_000_000),
        Param::network_loss(0.0, 0.2),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
