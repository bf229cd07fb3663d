//! A chat server, and what a member who reads slowly does to the others.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "chat-server",
    chapter: Chapter::Network,
    operations: &[
        "start_server",
        "open_connection",
        "TaskGroup",
        "Queue",
        "Queue.get",
        "Queue.put",
        "Queue.put_nowait",
        "Queue.full",
        "current_task",
        "Task.set_name",
        "StreamReader.readline",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.write_eof",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
        "WriteTransport.set_write_buffer_limits",
    ],
    params: &[
        Param::choice("DELIVERY", "drain", &["drain", "queue"]),
        Param::count("MESSAGES", 5, 1, 6),
        Param::seconds("SLOW", 0.8, 0.0, 2.0, 0.1),
        Param::count("QUEUE", 2, 1, 8),
        Param::network_latency(0.05, 0.0, 0.5, 0.01),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
