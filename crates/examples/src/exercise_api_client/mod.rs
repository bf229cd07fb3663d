//! Exercise: a client of an API that keeps no more than five requests under way, and is not slower than that needs.

use super::{Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Program};
use timeline::most_at_once;

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-api-client",
    chapter: Chapter::Exercises,
    operations: &["Semaphore", "TaskGroup", "TaskGroup.create_task"],
    params: &[
        Param::choice("SEMAPHORE", "none", &["none", "each-call", "each-client", "shared"]),
        Param::count("PERMITS", 5, 1, 10),
        Param::choice("PAUSE", "holding", &["holding", "released"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check { key: "limit", holds: |attempt| most_under_way(attempt) <= 5 },
        Check { key: "all", holds: all_answered },
        Check { key: "quick", holds: |attempt| attempt.makespan() <= 2.15 },
    ],
    answer: &[("SEMAPHORE", "shared"), ("PAUSE", "released")],
    found: &[
        ("limit", |attempt| Found::Count(most_under_way(attempt))),
        ("all", |attempt| Found::Count(attempt.printed(": answered"))),
        ("quick", |attempt| Found::Seconds(attempt.makespan())),
    ],
    places: &[],
};

/// Most requests that were sent and not back yet.
fn most_under_way(attempt: &Attempt) -> usize {
    let requests = attempt.stretches(": sent", ": back");
    most_at_once(requests.into_iter().map(|(_, from, to)| (from, to)))
}

fn all_answered(attempt: &Attempt) -> bool {
    attempt.ended_well && attempt.printed(": answered") == 12 && attempt.all_done("request-")
}
