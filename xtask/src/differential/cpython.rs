//! What CPython does with a program, as the oracle says.

use std::fmt;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::run::{Entry, Run};
use crate::conformance::observation::{Failure, Step, Task};
use crate::conformance::oracle::Oracle;

/// What came of asking CPython: a run, or why there is none.
pub type Answer = Result<Run>;

/// CPython's side says that a program is malformed.
#[derive(Debug)]
pub struct Malformed(String);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid: {}", self.0)
    }
}

impl std::error::Error for Malformed {}

/// What CPython does with each program, in their order.
///
/// # Errors
/// That the oracle went away.
pub fn ask(oracle: &mut Oracle, programs: &[Json]) -> Result<Vec<Answer>> {
    let requests: Vec<_> =
        programs.iter().map(|program| json!({"differential": program}).to_string()).collect();
    let answers = oracle.ask_each(&requests)?;
    Ok(answers.iter().map(|answer| read(answer)).collect())
}

/// A result, as oracle/README.md describes it.
#[derive(Deserialize)]
struct Told {
    log: Vec<Entry>,
    late: Vec<String>,
    tasks: Vec<Task>,
    steps: Vec<(f64, String, String, Option<u32>)>,
    makespan: f64,
    error: Option<Json>,
}

fn read(answer: &str) -> Answer {
    let told: Told = serde_json::from_str(answer).with_context(|| excerpt(answer))?;
    if let Some(error) = &told.error {
        let text = error["text"].as_str().unwrap_or_default();
        match error["kind"].as_str().unwrap_or_default() {
            "exception" | "deadlock" | "limit" => {}
            "invalid" => bail!(Malformed(text.to_owned())),
            kind => bail!("{kind}: {text}"),
        }
    }
    let error: Option<Failure> = told.error.map(serde_json::from_value).transpose()?;
    let steps = |wanted: &str| {
        let steps = told.steps.iter().filter(|(_, _, event, _)| event == wanted);
        steps.map(|(time, task, ..)| Step { time: *time, task: task.clone() }).collect()
    };
    let (steps, suspensions) = (steps("step"), steps("suspend"));
    let mut late = told.late;
    late.sort();
    let (log, tasks, makespan) = (told.log, told.tasks, told.makespan);
    Ok(Run { log, late, tasks, steps, suspensions, makespan, error })
}

/// The beginning of an answer that cannot be read.
fn excerpt(answer: &str) -> String {
    answer.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::differential::run::Kind;

    fn answer(error: &str) -> String {
        format!(
            r#"{{"log": [[0.1, "a", "print", "x"], [0.2, null, "warning", "y"]], "late": ["b", "a"],
            "tasks": [], "steps": [[0.1, "a", "step", null], [0.1, "a", "suspend", 7],
            [0.3, "a", "step", 7], [0.3, "a", "finish", null]],
            "makespan": 3.8499999999999996, "error": {error}}}"#
        )
    }

    #[test]
    fn an_answer_is_read() {
        let run = read(&answer("null")).expect("a run");
        assert_eq!(run.makespan.to_bits(), 3.849_999_999_999_999_6_f64.to_bits());
        assert_eq!((run.steps.len(), run.suspensions.len()), (2, 1));
        assert_eq!(run.late, ["a", "b"]);
        assert_eq!(run.log[1].kind, Kind::Warning);
        assert_eq!(run.log[1].task, None);
    }

    #[test]
    fn what_is_no_run_is_told() {
        let error = read(&answer(r#"{"kind": "invalid", "text": "no main"}"#)).expect_err("no run");
        assert_eq!(error.to_string(), "invalid: no main");
        assert!(error.is::<Malformed>());
        assert!(read("{").is_err());
        let stuck = read(&answer(r#"{"kind": "deadlock", "blocked": []}"#)).expect("a run");
        assert!(matches!(stuck.error, Some(Failure::Deadlock { .. })));
    }
}
