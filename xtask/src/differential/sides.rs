//! Runs programs on both sides and says how they compare.

use std::thread;
use std::time::{Duration, Instant};

use agree::{Difference, Observation, both_cut_off};
use anyhow::{Result, anyhow};
use serde_json::Value as Json;
use trace_document::Document;

use super::compare::compare;
use super::coverage::Coverage;
use super::cpython::{self, Answer, is_malformed};
use super::interpret::interpret;
use super::language::Program;
use crate::conformance::oracle::Oracle;

/// The stack of the thread that runs our side: programs may nest deeply.
const STACK: usize = 512 << 20;

/// How the two runs of a program compare.
#[derive(Debug)]
pub enum Verdict {
    Same,
    /// Neither side let it come to its end, so there is nothing to compare.
    CutOff,
    Different(Vec<Difference>),
    /// Both sides say that it is malformed.
    Refused(String),
    /// Only one side let it run.
    NotRun(String),
}

/// What comparing several programs gave.
pub struct Judged {
    /// In the order of the programs.
    pub verdicts: Vec<Verdict>,
    /// What CPython did, in the same order.
    pub cpython: Vec<Answer>,
    pub coverage: Coverage,
    /// How long our side took.
    pub rust_time: Duration,
    /// How long CPython's side took.
    pub cpython_time: Duration,
}

/// What our side does with a program.
enum Ours {
    Refused(String),
    Panicked(String),
    Ran(Box<Observation>),
}

/// Runs programs on both sides at the same time.
///
/// # Errors
/// That the oracle went away.
pub fn judge(oracle: &mut Oracle, programs: &[Json]) -> Result<Judged> {
    thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let start = Instant::now();
            (cpython::ask(oracle, programs), start.elapsed())
        });
        let (ours, coverage, rust_time) = run_ours(programs)?;
        let (answers, cpython_time) =
            asking.join().map_err(|_| anyhow!("the one who asks the oracle panicked"))?;
        let cpython: Vec<_> = answers?.iter().map(|answer| cpython::read(answer)).collect();
        let verdicts =
            ours.iter().zip(&cpython).map(|(ours, answer)| verdict(ours, answer.as_ref()));
        Ok(Judged { verdicts: verdicts.collect(), cpython, coverage, rust_time, cpython_time })
    })
}

/// Compares our side with what was kept of CPython.
///
/// # Errors
/// That no thread could be had.
pub fn judge_kept(program: &Json, kept: &Document) -> Result<(Verdict, Coverage)> {
    let (ours, coverage, _) = run_ours(std::slice::from_ref(program))?;
    let verdict = ours.first().map_or(Verdict::Same, |ours| verdict(ours, Ok(kept)));
    Ok((verdict, coverage))
}

/// Our side alone, in a thread with a large stack.
fn run_ours(programs: &[Json]) -> Result<(Vec<Ours>, Coverage, Duration)> {
    thread::scope(|scope| {
        let running = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
            let start = Instant::now();
            let mut coverage = Coverage::default();
            let runs = programs.iter().map(|program| run_one(program, &mut coverage));
            let runs: Vec<_> = runs.collect();
            (runs, coverage, start.elapsed())
        })?;
        running.join().map_err(|_| anyhow!("our side panicked"))
    })
}

fn run_one(json: &Json, coverage: &mut Coverage) -> Ours {
    let program = match Program::read(json) {
        Ok(program) => program,
        Err(refusal) => return Ours::Refused(refusal.to_string()),
    };
    match interpret(&program) {
        Ok((document, reached)) => {
            coverage.merge(&reached);
            Ours::Ran(Box::new(Observation::of(&document, None)))
        }
        Err(panic) => Ours::Panicked(panic),
    }
}

fn verdict(ours: &Ours, cpython: Result<&Document, &anyhow::Error>) -> Verdict {
    let ours = match ours {
        Ours::Refused(why) => {
            return match cpython {
                Err(error) if is_malformed(error) => Verdict::Refused(why.clone()),
                _ => Verdict::NotRun(format!("only Rust's side refuses it: {why}")),
            };
        }
        Ours::Panicked(text) => {
            let sides = vec![format!("+ {text}")];
            return Verdict::Different(vec![Difference { what: "panic", sides }]);
        }
        Ours::Ran(run) => run,
    };
    let cpython = match cpython {
        Ok(document) => &Observation::of(document, None),
        Err(why) => return Verdict::NotRun(format!("only CPython's side did not run it: {why:#}")),
    };
    let differences = compare(ours, cpython);
    if !differences.is_empty() {
        Verdict::Different(differences)
    } else if both_cut_off(ours, cpython) {
        Verdict::CutOff
    } else {
        Verdict::Same
    }
}
