//! Exercise: producers and consumers that lose nothing, hold up nobody, and come to an end.

use super::{Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Places, Program};
use trace::Outcome;

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-producer-consumer",
    chapter: Chapter::Exercises,
    operations: &[
        "create_task",
        "gather",
        "Queue",
        "Queue.put",
        "Queue.get",
        "Queue.task_done",
        "Queue.join",
        "Queue.shutdown",
        "Task.cancel",
    ],
    params: &[
        Param::count("BUFFER", 0, 0, 8),
        Param::choice("TASK_DONE", "on-get", &["on-get", "after-work", "never"]),
        Param::switch("JOIN", false),
        Param::choice(
            "STOP",
            "cancel",
            &["cancel", "one-sentinel", "sentinel-each", "shutdown", "shutdown-now"],
        ),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check { key: "each_once", holds: each_once },
        Check { key: "uninterrupted", holds: |attempt| attempt.interrupted("consumer-") == 0 },
        Check { key: "all_stopped", holds: all_stopped },
        Check { key: "bounded", holds: |attempt| attempt.deepest_queue() <= 3 },
        Check { key: "producers_free", holds: producers_free },
    ],
    answer: &[("BUFFER", "3"), ("TASK_DONE", "after-work"), ("JOIN", "True")],
    found: &[
        ("uninterrupted", |attempt| Found::Count(attempt.interrupted("consumer-"))),
        ("bounded", |attempt| Found::Count(attempt.deepest_queue())),
    ],
    places: &[Places {
        param: "TASK_DONE",
        line: "queue.task_done()",
        program: "\
async def consume(queue):
    while True:
        item = await queue.get()
        <on-get>
        await asyncio.sleep(0.4)
        print(f\"processed {item}\")
        <after-work>",
    }],
};

fn each_once(attempt: &Attempt) -> bool {
    let items = ["A", "B"].into_iter().flat_map(|name| (0..5).map(move |n| format!("{name}{n}")));
    items.map(|item| attempt.printed(&format!("processed {item}"))).all(|times| times == 1)
}

fn all_stopped(attempt: &Attempt) -> bool {
    let failed = |outcome: &Option<Outcome>| matches!(outcome, None | Some(Outcome::Failed(_)));
    attempt.ended_well
        && attempt.queues_empty()
        && !attempt.tasks("").any(|lane| failed(&lane.outcome))
}

fn producers_free(attempt: &Attempt) -> bool {
    let ended = |end: Option<f64>| end.is_some_and(|time| time <= 0.95);
    attempt.all_done("producer-") && attempt.tasks("producer-").all(|lane| ended(lane.ended))
}
