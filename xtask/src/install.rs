//! Runs a long installation and shows that it is getting on, in few lines.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, IsTerminal, stderr};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::report::{Elapsed, say};
use crate::shell;

/// How often a line is printed while an installation runs.
const BEAT: Duration = Duration::from_secs(30);

/// How many of the last lines are shown of an installation that failed.
const TAIL: usize = 40;

/// Runs `command`, which installs `what` and takes `about` that long.
///
/// At a terminal the command's own progress is shown; elsewhere (CI) a line now and then instead, and
/// the end of its output if it fails.
pub fn run(what: &str, about: &str, command: &mut Command) -> Result<()> {
    say(format_args!("Setting up {what} ({about}) …"));
    let start = Instant::now();
    if stderr().is_terminal() {
        shell::run(command)?;
    } else {
        beat(what, command)?;
    }
    let elapsed = Elapsed(start.elapsed());
    say(format_args!("Setting up {what}: done ({elapsed})"));
    Ok(())
}

/// Runs `command` with its output kept back, and prints a line every [`BEAT`].
fn beat(what: &str, command: &mut Command) -> Result<()> {
    let line = shell::line(command);
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{line}`"))?;
    let (send, receive) = channel();
    if let Some(out) = child.stdout.take() {
        let send = send.clone();
        thread::spawn(move || BufReader::new(out).lines().try_for_each(|l| send.send(l)));
    }
    if let Some(err) = child.stderr.take() {
        thread::spawn(move || BufReader::new(err).lines().try_for_each(|l| send.send(l)));
    }
    let mut tail = VecDeque::new();
    let mut compiled = 0;
    let mut next = start + BEAT;
    loop {
        match receive.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(text) => {
                let text = text.unwrap_or_default();
                compiled += usize::from(text.trim_start().starts_with("Compiling"));
                tail.push_back(text);
                if tail.len() > TAIL {
                    tail.pop_front();
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                let elapsed = Elapsed(start.elapsed());
                say(match compiled {
                    0 => format!("  … {what}: {elapsed} so far"),
                    n => format!("  … {what}: {n} crates compiled, {elapsed} so far"),
                });
                next += BEAT;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = child.wait()?;
    if !status.success() {
        let tail: Vec<_> = tail.into();
        bail!("`{line}` failed ({status}):\n{}", tail.join("\n"));
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_failed_installation_shows_the_end_of_its_output() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo first; echo last >&2; exit 3"]);
        let error = beat("a tool", &mut command).expect_err("it failed");
        let text = error.to_string();
        assert!(text.contains("first") && text.contains("last"), "{text}");
    }
}
