//! Frames with opcodes over one connection: an echo, pings beside it, and a close that both sides say.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "websocket-echo",
    chapter: Chapter::Network,
    operations: &[
        "start_server",
        "open_connection",
        "TaskGroup",
        "timeout",
        "Event",
        "Event.wait",
        "Event.set",
        "Event.clear",
        "Task.cancel",
        "current_task",
        "Task.set_name",
        "get_running_loop",
        "loop.time",
        "StreamReader.readexactly",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
    ],
    params: &[
        Param::count("MESSAGES", 4, 2, 6),
        Param::seconds("PING_EVERY", 0.7, 0.2, 2.0, 0.1),
        Param::seconds("PONG_TIMEOUT", 1.0, 0.1, 3.0, 0.1),
        Param::seconds("STALL", 0.0, 0.0, 4.0, 0.1),
        Param::network_latency(0.1, 0.0, 0.5, 0.01),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
