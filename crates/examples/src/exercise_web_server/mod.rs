//! Exercise: a web server on which nobody holds up the others, stays for ever, or is forgotten.

use super::{Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Places, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-web-server",
    chapter: Chapter::Exercises,
    operations: &[
        "start_server",
        "open_connection",
        "StreamReader.readline",
        "StreamWriter.write",
        "StreamWriter.drain",
        "StreamWriter.close",
        "StreamWriter.wait_closed",
        "timeout",
        "to_thread",
        "TaskGroup",
        "TaskGroup.create_task",
        "current_task",
        "Task.set_name",
    ],
    params: &[
        Param::choice("REPORT", "in-handler", &["in-handler", "to_thread"]),
        Param::choice("TIMEOUT_AROUND", "nothing", &["nothing", "reading", "everything"]),
        Param::seconds("TIMEOUT", 1.0, 0.2, 5.0, 0.1),
        Param::choice("CLOSE", "after-answer", &["after-answer", "in-finally"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check { key: "quick", holds: quick },
        Check { key: "report", holds: |attempt| attempt.printed("report: 200 /report") == 1 },
        Check { key: "let_go", holds: let_go },
        Check { key: "nothing_left", holds: |attempt| attempt.nothing_left() },
    ],
    answer: &[
        ("REPORT", "to_thread"),
        ("TIMEOUT_AROUND", "everything"),
        ("TIMEOUT", "1.5"),
        ("CLOSE", "in-finally"),
    ],
    found: &[("report", |attempt| Found::Count(attempt.printed("report: 200 /report")))],
    places: &[
        Places {
            param: "TIMEOUT_AROUND",
            line: "async with asyncio.timeout(TIMEOUT):",
            program: "\
async def answer(reader, writer):
    <reading>
        line = await reader.readline()
    writer.write(await respond(line.decode().split()[1]))
async def handle(reader, writer):
    <everything>
        await answer(reader, writer)",
        },
        Places {
            param: "CLOSE",
            line: "writer.close()",
            program: "\
try:
    await answer(reader, writer)
    <after-answer>
except TimeoutError:
    print(\"server: timeout\")
finally:
    <in-finally>",
        },
    ],
};

/// Each quick client has its answer within 0.2 seconds of when it means to ask.
fn quick(attempt: &Attempt) -> bool {
    [("quick-1", 0.1), ("quick-2", 0.6)].into_iter().all(|(name, asks)| {
        let answered = attempt.first_printed(&format!("{name}: 200 /"));
        answered.is_some_and(|time| time - asks <= 0.2)
    })
}

/// Clients that ask nothing, or for what never comes, are gone within 2 seconds.
fn let_go(attempt: &Attempt) -> bool {
    ["silent", "stuck"].into_iter().all(|name| {
        let served = attempt.stretches(&format!("{name}: connects"), &format!("{name}: no answer"));
        served.len() == 1 && served.iter().all(|(_, from, to)| to - from <= 2.0)
    })
}
