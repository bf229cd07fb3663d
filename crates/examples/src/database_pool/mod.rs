//! A pool of connections to a database that sometimes hangs up: broken connections must not go back.

use super::{Chapter, Coro, Example, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "database-pool",
    chapter: Chapter::Network,
    operations: &[
        "Queue",
        "Queue.get",
        "Queue.put_nowait",
        "Queue.get_nowait",
        "Queue.empty",
        "TaskGroup",
        "start_server",
        "open_connection",
        "current_task",
        "Task.set_name",
        "Task.result",
        "StreamReader.readline",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
    ],
    params: &[
        Param::count("POOL", 2, 1, 6),
        Param::seconds("QUERY_TIME", 0.5, 0.1, 2.0, 0.1),
        Param::probability("FAILURES", 0.2, 0.6),
        Param::choice("BROKEN", "replace", &["replace", "return"]),
        Param::seed("SEED", 4),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: None,
};
