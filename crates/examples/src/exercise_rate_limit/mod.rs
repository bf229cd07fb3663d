//! Exercise: at most three requests begin in any second; that is another limit than three at a time.

use super::{
    Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Program, most_in_window,
};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-rate-limit",
    chapter: Chapter::Exercises,
    operations: &["get_running_loop", "Semaphore", "TaskGroup", "TaskGroup.create_task"],
    params: &[
        Param::choice(
            "STRATEGY",
            "semaphore",
            &["semaphore", "hold-a-second", "paced", "token-bucket"],
        ),
        Param::count("PERMITS", 3, 1, 6),
        Param::rate("RATE", 3.0, 0.5, 6.0, 0.5),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check {
            key: "rate",
            holds: |attempt| most_in_window(&attempt.times(": begins"), 1.0) <= 3,
        },
        Check { key: "all_served", holds: all_served },
        Check { key: "not_slower", holds: not_slower },
    ],
    answer: &[("STRATEGY", "token-bucket"), ("PERMITS", "1")],
    found: &[
        ("rate", |attempt| Found::Count(most_in_window(&attempt.times(": begins"), 1.0))),
        ("all_served", |attempt| Found::Count(attempt.printed(": answered"))),
    ],
    places: &[],
};

fn all_served(attempt: &Attempt) -> bool {
    attempt.ended_well && attempt.printed(": answered") == 10 && attempt.all_done("client-")
}

fn not_slower(attempt: &Attempt) -> bool {
    let answered = attempt.times(": answered");
    answered.len() == 10 && answered.iter().all(|time| *time <= 3.3)
}
