//! Exercise: words of several files counted in threads; the loop goes on, and nothing is lost.

use super::{Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Program};

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-files",
    chapter: Chapter::Exercises,
    operations: &[
        "create_task",
        "to_thread",
        "loop.run_in_executor",
        "get_running_loop",
        "TaskGroup",
        "TaskGroup.create_task",
        "Task.cancel",
    ],
    params: &[
        Param::choice("READ", "in-loop", &["in-loop", "to_thread", "executor"]),
        Param::count("WORKERS", 2, 1, 8),
        Param::choice("ADD_UP", "in-thread", &["in-thread", "in-one-line", "after-await"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check { key: "heart_beats", holds: |attempt| attempt.longest_held() <= 0.05 },
        Check { key: "all_counted", holds: all_counted },
        Check { key: "total_right", holds: |attempt| attempt.printed("total: 2280 words") == 1 },
        Check { key: "disk_spared", holds: |attempt| attempt.busiest_pools() <= 4 },
        Check { key: "quick", holds: |attempt| attempt.makespan() <= 1.8 },
    ],
    answer: &[("READ", "executor"), ("WORKERS", "4"), ("ADD_UP", "after-await")],
    found: &[
        ("heart_beats", |attempt| Found::Seconds(attempt.longest_held())),
        ("disk_spared", |attempt| Found::Count(attempt.busiest_pools())),
        ("quick", |attempt| Found::Seconds(attempt.makespan())),
    ],
    places: &[],
};

fn all_counted(attempt: &Attempt) -> bool {
    let lines = &attempt.timeline.lines;
    let files = ["notes", "diary", "draft", "poems", "essay", "index", "novel", "memo"];
    let counted = |file: &str| {
        lines.iter().filter(|line| line.text.starts_with(&format!("{file}: "))).count()
    };
    attempt.ended_well && files.into_iter().all(|file| counted(file) == 1 && attempt.all_done(file))
}
