//! Awaits that stand one after the other and fit at once, which runs of a program show: in the engine, as the page asks it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use causes::{Saved, saved};
use serde::Deserialize;
use timeline::Timeline;
use trace_document::Document;

use crate::conformance::oracle;
use crate::engine::{Engine, Request};
use crate::report::say;
use crate::shell::{self, Shell};

/// The programs that must show it and those that must not, in the repository.
const FOLDER: &str = "xtask/at_once";

/// Where a program awaits one thing after the other: see `engine/sequences.py`.
#[derive(Deserialize)]
struct Place {
    line: u32,
    to: u32,
    source: String,
}

#[derive(Deserialize)]
struct Places {
    sequences: Vec<Place>,
}

/// A place of a program where awaits at once bring something.
pub struct Found {
    /// Its first line and its last, from 1.
    pub lines: (u32, u32),
    /// What they bring.
    pub saved: Saved,
}

/// Looks for them.
///
/// # Errors
/// That the program is no Python, or the engine is not there.
pub fn find(engine: &Engine, request: &Request) -> Result<Vec<Found>> {
    let asked = Request {
        sequences: true,
        set: request.set.clone(),
        network: request.network.clone(),
        ..*request
    };
    let answer = engine.ask(&asked)?;
    let Ok(Places { sequences }) = serde_json::from_str(&answer) else { bail!("{answer}") };
    if sequences.is_empty() {
        return Ok(Vec::new());
    }
    let sources =
        std::iter::once(request.source).chain(sequences.iter().map(|place| &*place.source));
    let requests: Vec<Request> = sources
        .map(|source| Request {
            source,
            set: request.set.clone(),
            network: request.network.clone(),
            ..*request
        })
        .collect();
    let answers = engine.ask_all(&requests)?;
    let mut runs = answers.iter().map(|answer| oracle::trace(answer).ok().map(|run| outline(&run)));
    let (before, failure) = runs.next().flatten().context("the program does not run")?;
    let found = sequences.iter().zip(runs).filter_map(|(place, run)| {
        let (after, _) = run.filter(|(_, other)| *other == failure)?;
        Some(Found { lines: (place.line, place.to), saved: saved(&before, &after)? })
    });
    Ok(found.collect())
}

/// The lanes of a run, and how it came to a bad end, if it did.
fn outline(run: &Document) -> (Timeline, Option<String>) {
    let end = run.end.as_ref();
    let failure = end.and_then(|end| end.failure.as_ref()).map(|failure| format!("{failure:?}"));
    (Timeline::new(&run.events, end.map_or(0.0, |end| end.time)), failure)
}

/// Whether each program shows what the comment at its top says: `# at once: LINES SECONDS, …`, or `# at once: nothing`.
///
/// # Errors
/// Which do not.
pub fn check(shell: &Shell, engine: &Engine) -> Result<()> {
    let programs = shell::files(&shell.root().join(FOLDER), &["py"])?;
    ensure!(!programs.is_empty(), "{FOLDER} holds no program");
    let mut wrong = Vec::new();
    for path in &programs {
        let source = fs::read_to_string(path)?;
        let expected = source.lines().next().and_then(|line| line.strip_prefix("# at once: "));
        let expected = expected.with_context(|| format!("{} does not say it", path.display()))?;
        let request =
            Request { name: "program.py", source: &source, pasted: true, ..Request::default() };
        let shown = told(&find(engine, &request)?);
        if shown != expected {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            wrong.push(format!("{name}: {shown}, and not {expected}"));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    say(format_args!("{} programs show what they must and nothing else", programs.len()));
    Ok(())
}

/// All of it in a line.
fn told(found: &[Found]) -> String {
    if found.is_empty() {
        return "nothing".to_owned();
    }
    let one = |found: &Found| {
        let ((from, to), saved) = (found.lines, found.saved);
        let order = if saved.same_order { "" } else { " in another order" };
        format!("{from}-{to} {:.3}{order}", saved.seconds)
    };
    found.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Prints it for people.
///
/// # Errors
/// As [`find`].
pub fn print(engine: &Engine, request: &Request, path: &Path) -> Result<()> {
    let found = find(engine, request)?;
    if found.is_empty() {
        say(format_args!(
            "{}: no awaits in sequence are faster at once with the same output",
            path.display()
        ));
    }
    for Found { lines: (from, to), saved } in &found {
        let order = if saved.same_order { "" } else { ", in another order" };
        let numbers = if saved.same_numbers { "" } else { ", but for the times that they tell" };
        say(format_args!(
            "{}: lines {from} to {to} at once save {:.3} s, and the same lines are printed{order}{numbers}",
            path.display(),
            saved.seconds
        ));
    }
    Ok(())
}
