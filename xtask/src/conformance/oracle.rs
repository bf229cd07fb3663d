//! Runs programs under CPython, by `oracle/oracle.py`.

use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use examples::{Args, Example};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use trace_document::Document;

use super::folder;
use super::python::Python;
use crate::params;
use crate::shell::Shell;
use crate::trace_file;

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
    ) -> Result<Vec<Document>> {
        let twin = shell.root().join("crates/examples/src").join(folder(example));
        let twin = twin.join("twin.py");
        let requests: Vec<String> = sets.map(|args| request(&twin, args).to_string()).collect();
        let answers = self.ask_each(&requests)?;
        let read = |(answer, request): (String, &String)| {
            trace(&answer).with_context(|| format!("the oracle, asked {request}"))
        };
        answers.into_iter().zip(&requests).map(read).collect()
    }

    /// The answers to requests of any sort, in their order.
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

/// Other values for constants of a twin, and the network below it.
pub fn parameters(args: &Args) -> (Map<String, Json>, Map<String, Json>) {
    let mut set = params::json(args);
    set.retain(|name, _| !name.starts_with("NETWORK_"));
    let network = args.network();
    let mut wire = Map::new();
    wire.insert("latency".to_owned(), network.latency.into());
    wire.insert("loss".to_owned(), network.loss.into());
    if let Some(bandwidth) = network.bandwidth {
        wire.insert("bandwidth".to_owned(), bandwidth.into());
    }
    (set, wire)
}

/// Asks for a run of a twin.
fn request(twin: &Path, args: &Args) -> Json {
    let (set, network) = parameters(args);
    json!({"program": twin, "set": set, "network": network})
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
                requests.iter().map(|_| answer(answers)).collect();
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

/// Reads the lines of an answer, up to an empty one; what is there if the oracle goes away.
fn answer(answers: &mut impl BufRead) -> std::io::Result<String> {
    let mut text = String::new();
    while answers.read_line(&mut text)? > 1 {}
    Ok(text)
}

/// Why there is no trace, as oracle/README.md describes it.
#[derive(Debug, Deserialize)]
pub struct Refusal {
    #[serde(rename = "refused")]
    pub kind: String,
    pub text: String,
    /// Where a text is no Python.
    pub line: Option<u32>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.kind)?;
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.text)
    }
}

impl std::error::Error for Refusal {}

/// Reads an answer.
///
/// # Errors
/// A [`Refusal`]; that it is no trace, or has no end.
pub fn trace(answer: &str) -> Result<Document> {
    if answer.starts_with("{\"refused\"") {
        bail!(serde_json::from_str::<Refusal>(answer)?);
    }
    let document = trace_file::read(answer.as_bytes())?;
    ensure!(document.end.is_some(), "the oracle went away");
    Ok(document)
}

#[cfg(test)]
mod tests {
    use trace_document::Failure;

    use super::*;

    fn ended(end: &str) -> Result<Document> {
        let lines = [r#"{"format":"coroscope-trace","version":1}"#, end, "", ""];
        trace(&lines.join("\n"))
    }

    #[test]
    fn times_are_read_to_the_last_bit() {
        let run = ended(r#"{"e":"end","t":3.8499999999999996,"end":"done"}"#).expect("a trace");
        let end = run.end.expect("it has ended");
        assert_eq!(end.time.to_bits(), 3.849_999_999_999_999_6_f64.to_bits());
        assert_eq!(end.failure, None);
    }

    #[test]
    fn errors_of_the_program_and_of_the_oracle_are_told_apart() {
        let cut = ended(r#"{"e":"end","t":0.0,"end":"cut"}"#).expect("a trace");
        assert_eq!(cut.end.expect("it has ended").failure, Some(Failure::Cut));
        assert!(ended("").is_err(), "without an end");
        let refused = trace("{\"refused\": \"invalid\", \"text\": \"no such file\"}\n\n");
        let refused = refused.expect_err("no trace");
        assert_eq!(refused.to_string(), "invalid: no such file");
        assert!(refused.is::<Refusal>());
        let wrong =
            trace("{\"refused\": \"syntax\", \"text\": \"'(' was never closed\", \"line\": 3}");
        let wrong = wrong.expect_err("no trace");
        assert_eq!(wrong.to_string(), "syntax: line 3: '(' was never closed");
    }

    #[test]
    fn answers_end_with_an_empty_line() {
        let mut two = BufReader::new(&b"a\nb\n\nc\n\n"[..]);
        assert_eq!(answer(&mut two).expect("text"), "a\nb\n\n");
        assert_eq!(answer(&mut two).expect("text"), "c\n\n");
    }
}
