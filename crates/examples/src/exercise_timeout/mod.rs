//! Exercise: one call of five is much too slow; skip it, and keep the other four answers.

use super::{Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Places, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-timeout",
    chapter: Chapter::Exercises,
    operations: &["create_task", "gather", "timeout", "wait", "Task.cancel", "Task.result"],
    params: &[
        Param::choice(
            "TIMEOUT_AT",
            "around-all",
            &["nowhere", "around-all", "around-each", "wait"],
        ),
        Param::seconds("TIMEOUT", 0.7, 0.1, 5.0, 0.1),
        Param::choice("LATE", "raise", &["raise", "retry", "skip"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check { key: "four_kept", holds: four_kept },
        Check { key: "slow_skipped", holds: |attempt| attempt.printed("stock: answered") == 0 },
        Check { key: "in_time", holds: |attempt| attempt.makespan() <= 1.5 },
        Check { key: "no_error", holds: |attempt| attempt.ended_well && attempt.warnings() == 0 },
    ],
    answer: &[("TIMEOUT_AT", "around-each"), ("TIMEOUT", "1.2"), ("LATE", "skip")],
    found: &[("in_time", |attempt| Found::Seconds(attempt.makespan()))],
    places: &[Places {
        param: "TIMEOUT_AT",
        line: "async with asyncio.timeout(TIMEOUT):",
        program: "\
async def call(service, seconds):
    <around-each>
        return await request(service, seconds)
async def collect(tasks):
    <wait> done, pending = await asyncio.wait(tasks, timeout=TIMEOUT)  # returns what is done
    <around-all>
        return await asyncio.gather(*tasks)",
    }],
};

/// The last line names the four, in their order, and nothing else.
fn four_kept(attempt: &Attempt) -> bool {
    attempt
        .timeline
        .lines
        .iter()
        .any(|line| &*line.text == "report: users, orders, prices, reviews")
}
