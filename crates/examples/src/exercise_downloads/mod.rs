//! Exercise: ten downloads, five at a time, none of the five places left idle.

use super::{Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-downloads",
    chapter: Chapter::Exercises,
    operations: &["create_task", "gather", "get_running_loop", "Semaphore"],
    params: &[
        Param::choice("STRATEGY", "all-at-once", &["all-at-once", "batches", "semaphore"]),
        Param::count("LIMIT", 5, 1, 10),
        Param::choice("ORDER", "as-listed", &["as-listed", "shortest-first", "longest-first"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check { key: "limit", holds: |attempt| attempt.peak("file-") <= 5 },
        Check { key: "all", holds: all_complete },
        Check { key: "quick", holds: |attempt| attempt.makespan() <= 2.2 },
    ],
    answer: &[("STRATEGY", "semaphore"), ("ORDER", "longest-first")],
    found: &[
        ("limit", |attempt| Found::Count(attempt.peak("file-"))),
        ("all", |attempt| Found::Count(attempt.printed(": complete"))),
        ("quick", |attempt| Found::Seconds(attempt.makespan())),
    ],
    places: &[],
};

fn all_complete(attempt: &Attempt) -> bool {
    attempt.tasks("file-").count() == 10
        && attempt.all_done("file-")
        && attempt.printed(": complete") == 10
}
