//! Exercise: a chat client that hears while it talks, and leaves in good order.

use super::{Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-chat",
    chapter: Chapter::Exercises,
    operations: &[
        "start_server",
        "open_connection",
        "StreamReader.readline",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.write_eof",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
        "create_task",
        "current_task",
        "Task.set_name",
        "Task.cancel",
    ],
    params: &[
        Param::choice("TALK", "in-turn", &["in-turn", "two-tasks"]),
        Param::choice("GOODBYE", "close", &["none", "close", "write-eof", "quit-line"]),
        Param::choice("AT_THE_END", "leave", &["leave", "cancel", "await"]),
        Param::network_latency(0.05, 0.0, 0.5, 0.01),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check { key: "all_heard", holds: all_heard },
        Check { key: "prompt", holds: prompt },
        Check { key: "all_said", holds: |attempt| attempt.printed("server has: ") == 3 },
        Check {
            key: "farewell",
            holds: |attempt| attempt.printed("shown: the room is closed") == 1,
        },
        Check { key: "nothing_left", holds: |attempt| attempt.nothing_left() },
    ],
    answer: &[("TALK", "two-tasks"), ("GOODBYE", "write-eof"), ("AT_THE_END", "await")],
    found: &[
        ("all_said", |attempt| Found::Count(attempt.printed("server has: "))),
        ("farewell", |attempt| Found::Count(attempt.printed("shown: the room is closed"))),
    ],
    places: &[],
};

const FRIEND: [&str; 4] = ["hi there", "are you there?", "fine", "bye"];

fn all_heard(attempt: &Attempt) -> bool {
    FRIEND.iter().all(|text| attempt.printed(&format!("shown: {text}")) == 1)
}

/// Each message of the friend is shown soon after it was said, if it is shown at all.
fn prompt(attempt: &Attempt) -> bool {
    let when = |what: &str, text: &str| attempt.first_printed(&format!("{what}: {text}"));
    FRIEND.iter().all(|text| match (when("friend says", text), when("shown", text)) {
        (Some(said), Some(shown)) => shown - said <= 0.6,
        (Some(_), None) => true,
        (None, _) => false,
    })
}
