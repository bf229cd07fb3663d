//! Runs programs under CPython, by `oracle/oracle.py`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, anyhow, bail, ensure};
use examples::{Args, Example};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::observation::{Failure, Line, Observation, Step, Suspension, Task, folder, warnings};
use super::python::Python;
use crate::params;
use crate::shell::Shell;

/// The fewest requests that an oracle is given at a time.
const FEWEST: usize = 4;

/// Oracles that are ready to answer.
pub struct Oracle(Vec<Server>);

/// One oracle process.
struct Server {
    child: Child,
    /// Taken when the process is to end.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    /// Starts the processes, one for each processor.
    pub fn start(shell: &Shell, python: &Python) -> Result<Self> {
        let processors = thread::available_parallelism().map_or(2, usize::from);
        let servers = (0..processors).map(|_| Server::start(shell, python));
        Ok(Self(servers.collect::<Result<_>>()?))
    }

    /// What CPython does with each of these sets of parameters, in their order.
    pub fn ask<'a>(
        &mut self,
        shell: &Shell,
        example: &Example,
        sets: impl Iterator<Item = &'a Args>,
    ) -> Result<Vec<Observation>> {
        let twin = shell.root().join("crates/examples/src").join(folder(example));
        let twin = twin.join("twin.py");
        let requests: Vec<String> = sets.map(|args| request(&twin, args).to_string()).collect();
        let answers = self.ask_each(&requests)?;
        let read = |(answer, request): (String, &String)| {
            observation(&answer).with_context(|| format!("the oracle, asked {request}"))
        };
        answers.into_iter().zip(&requests).map(read).collect()
    }

    /// The answers to requests of any sort, in their order; a line of JSON each.
    pub fn ask_each(&mut self, requests: &[String]) -> Result<Vec<String>> {
        // Shares get smaller, so that all have something to do to the end, and few of them have to wait.
        let (left, count) = (Mutex::new(0..requests.len()), self.0.len());
        let share = || {
            let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
            let size = (left.len() / (2 * count)).max(FEWEST);
            let share = left.start..left.end.min(left.start + size);
            left.start = share.end;
            share
        };
        let answered = thread::scope(|scope| {
            let work = |server: &mut Server| -> Result<Vec<(usize, Vec<String>)>> {
                let mut answered = Vec::new();
                loop {
                    let share = share();
                    if share.is_empty() {
                        return Ok(answered);
                    }
                    answered.push((share.start, server.ask(&requests[share])?));
                }
            };
            let threads: Vec<_> =
                self.0.iter_mut().map(|server| scope.spawn(move || work(server))).collect();
            let joined = threads.into_iter().map(|thread| thread.join());
            joined
                .map(|share| share.unwrap_or_else(|_| bail!("a reader of an oracle panicked")))
                .collect::<Result<Vec<_>>>()
        })?;
        let mut answered: Vec<_> = answered.into_iter().flatten().collect();
        answered.sort_by_key(|(start, _)| *start);
        Ok(answered.into_iter().flat_map(|(_, answers)| answers).collect())
    }
}

/// Asks for a run: constants of the twin, and the network below it.
fn request(twin: &Path, args: &Args) -> Json {
    let mut set = params::json(args);
    set.retain(|name, _| !name.starts_with("NETWORK_"));
    let network = args.network();
    let mut wire = json!({"latency": network.latency, "loss": network.loss});
    if let Some(bandwidth) = network.bandwidth {
        wire["bandwidth"] = bandwidth.into();
    }
    json!({"program": twin, "set": set, "network": wire})
}

impl Server {
    fn start(shell: &Shell, python: &Python) -> Result<Self> {
        let mut child = shell
            .command(&python.path)
            .arg(shell.root().join("xtask/oracle/oracle.py"))
            // Else it would set it and begin anew.
            .env("PYTHONHASHSEED", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the oracle")?;
        let requests = child.stdin.take();
        let answers = child.stdout.take().context("the oracle has no output")?;
        Ok(Self { child, requests, answers: BufReader::new(answers) })
    }

    /// One answer per request.
    fn ask(&mut self, requests: &[String]) -> Result<Vec<String>> {
        let mut input = self.requests.as_ref().context("the oracle has ended")?;
        let answers = &mut self.answers;
        let lines = thread::scope(|scope| {
            // Written beside reading: with both pipes full, each side would wait for the other.
            let writer = scope.spawn(move || -> std::io::Result<()> {
                for request in requests {
                    input.write_all(request.as_bytes())?;
                    input.write_all(b"\n")?;
                }
                input.flush()
            });
            // All are read before any is looked into, so that the writer always comes to an end.
            let lines: std::io::Result<Vec<String>> =
                answers.lines().take(requests.len()).collect();
            match writer.join() {
                Ok(written) => written.and(lines),
                Err(_) => Err(std::io::Error::other("the writer panicked")),
            }
        });
        let lines = lines.context("the oracle went away")?;
        ensure!(lines.len() == requests.len(), "the oracle went away");
        Ok(lines)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends with its input.
        self.requests.take();
        let _ = self.child.wait();
    }
}

/// A result, as oracle/README.md describes it.
#[derive(Deserialize)]
struct Answer {
    lines: Vec<Line>,
    tasks: Vec<Task>,
    suspensions: Vec<Suspension>,
    steps: Vec<(f64, String, String, Option<u32>)>,
    makespan: f64,
    warnings: Vec<String>,
    python_warnings: Vec<String>,
    error: Option<Json>,
}

/// Reads a result.
fn observation(line: &str) -> Result<Observation> {
    let answer: Answer = serde_json::from_str(line)?;
    if let Some(error) = &answer.error {
        let kind = error["kind"].as_str().unwrap_or_default();
        if !["exception", "deadlock", "limit"].contains(&kind) {
            return Err(anyhow!("{kind}: {}", error["text"]));
        }
    }
    let error: Option<Failure> = answer.error.map(serde_json::from_value).transpose()?;
    let steps = answer.steps.into_iter();
    Ok(Observation {
        lines: answer.lines,
        tasks: answer.tasks,
        steps: steps
            .filter(|(_, _, event, _)| event == "step")
            .map(|(time, task, _, _)| Step { time, task })
            .collect(),
        suspensions: answer.suspensions,
        warnings: warnings(answer.warnings.into_iter().chain(answer.python_warnings)),
        makespan: answer.makespan,
        error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(error: &str) -> String {
        let steps = r#"[[0.1, "a", "step", null], [0.1, "a", "suspend", 7]]"#;
        format!(
            r#"{{"program": "p", "set": {{}}, "lines": [], "tasks": [], "suspensions": [],
            "steps": {steps}, "warnings": [], "python_warnings": [], "makespan": 3.8499999999999996, "error": {error}}}"#
        )
    }

    #[test]
    fn times_are_read_to_the_last_bit() {
        let run = observation(&answer("null")).expect("a result");
        assert_eq!(run.makespan.to_bits(), 3.849_999_999_999_999_6_f64.to_bits());
        assert_eq!(run.steps.len(), 1, "only beginnings");
    }

    #[test]
    fn errors_of_the_program_and_of_the_oracle_are_told_apart() {
        let limit = observation(&answer(r#"{"kind": "limit", "text": "more than …"}"#));
        assert!(matches!(limit.expect("a result").error, Some(Failure::Limit)));
        let stuck = r#"{"kind": "deadlock", "blocked": [{"task": "a", "line": 3}]}"#;
        let stuck = observation(&answer(stuck)).expect("a result");
        assert!(matches!(stuck.error, Some(Failure::Deadlock { blocked }) if blocked.len() == 1));
        let invalid = observation(&answer(r#"{"kind": "invalid", "text": "no such file"}"#));
        assert!(invalid.is_err());
    }
}
