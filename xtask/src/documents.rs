//! `cargo xtask documents`: do the Python blocks of documents run in the engine?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use timeline::Timeline;
use trace_document::Failure;

use crate::conformance::oracle;
use crate::engine::{self, Engine, Request};
use crate::report::say;
use crate::shell::{self, Shell};

/// Run every Python block of documents in the engine, and say which run and draw, and of the others why not.
///
/// A document is a file of text, *.txt or *.md. Its blocks are what stands between ```python and ```, and the cells of a
/// notebook behind lines `In [N]:`. Each is run as it would be if it were pasted into the page: it may lack imports and the
/// call of its main function, await at the top, and use what blocks before it define. Libraries that it imports may be
/// stand-ins.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The folder of the documents; without it, ../shared/seeds
    folder: Option<PathBuf>,
    /// Fail if fewer of them run to their end
    #[arg(long, value_name = "N", default_value_t = 0)]
    at_least: usize,
}

/// How many of the blocks of ../shared/seeds must run to their end.
const AT_LEAST: usize = 110;

/// Runs them.
pub fn main(shell: &Shell, args: &Args) -> Result<ExitCode> {
    let folder = args.folder.clone().unwrap_or_else(|| usual(shell));
    engine::with_folder(shell, &folder, |engine, folder| run(engine, folder, args.at_least))
}

/// Where the documents are that the examples were made from.
pub fn usual(shell: &Shell) -> PathBuf {
    shell.root().join("../shared/seeds")
}

/// As a stage of the tests: those documents.
///
/// # Errors
/// That fewer run than are known to.
pub fn usual_ones(engine: &Engine, folder: &Path) -> Result<()> {
    run(engine, folder, AT_LEAST)
}

/// Runs the blocks of all documents in a folder.
fn run(engine: &Engine, folder: &Path, at_least: usize) -> Result<()> {
    let files = shell::files(folder, &["txt", "md"])?;
    let mut blocks = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = blocks_of(&text);
        for (at, (line, source)) in found.iter().enumerate() {
            let cells = found[..at].iter().map(|(_, cell)| cell.clone()).collect();
            blocks.push((format!("{name}:{line}"), source.clone(), cells));
        }
    }
    let requests: Vec<_> = blocks
        .iter()
        .map(|(_, source, cells): &(String, String, Vec<String>)| Request {
            name: "block.py",
            source,
            pasted: true,
            trim: true,
            cells,
            ..Request::default()
        })
        .collect();
    let answers = engine.ask_all(&requests)?;
    let mut counts = [0; 3];
    for ((place, source, _), answer) in blocks.iter().zip(&answers) {
        let (fate, why) = fate_of(source, answer);
        counts[fate as usize] += 1;
        if let Some(why) = why {
            say(format_args!("{place}: {why}"));
        }
    }
    let [runs, draws, refused] = counts;
    say(format_args!(
        "{} blocks: {runs} run to their end and draw, {draws} draw as far as they go, {refused} do not run",
        blocks.len()
    ));
    ensure!(runs >= at_least, "at least {at_least} should run to their end");
    Ok(())
}

/// What becomes of a block.
#[derive(Clone, Copy)]
enum Fate {
    /// It comes to its end, and there is a task to draw.
    Runs,
    /// There is something to draw, but it ends by an exception, or never.
    Draws,
    /// There is nothing to draw.
    Refused,
}

/// What became of a block, and in a sentence why no more.
fn fate_of(source: &str, answer: &str) -> (Fate, Option<String>) {
    let document = match oracle::trace(answer) {
        Ok(document) => document,
        Err(error) => {
            return (Fate::Refused, Some(refusal(source, &error.to_string())));
        }
    };
    let end = document.end.as_ref();
    let is_drawn =
        !Timeline::new(&document.events, end.map_or(0.0, |end| end.time)).tasks.is_empty();
    let fate = if is_drawn { Fate::Draws } else { Fate::Refused };
    match end.and_then(|end| end.failure.as_ref()) {
        None if is_drawn => (Fate::Runs, None),
        None => (fate, Some("no task runs in it: there is nothing to draw".to_owned())),
        Some(failure) => (fate, Some(reason(failure))),
    }
}

/// Why there is no trace of a block.
fn refusal(source: &str, text: &str) -> String {
    if !text.contains("did not start an event loop") {
        return match (text.strip_prefix("syntax: "), text.strip_prefix("unsupported: ")) {
            (Some(what), _) => format!("it is no Python, {what}"),
            (_, Some(what)) => what.to_owned(),
            _ => text.to_owned(),
        };
    }
    let mut at_top = source
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with([' ', '\t', '#', '@', ')']))
        .peekable();
    let defines = |line: &str| {
        ["def ", "async def ", "class ", "import ", "from "]
            .iter()
            .any(|word| line.starts_with(word))
    };
    if at_top.peek().is_none() {
        "there are only comments in it".to_owned()
    } else if at_top.all(defines) {
        "it only defines what others are to call".to_owned()
    } else {
        "it starts no event loop: there is nothing to draw".to_owned()
    }
}

/// Why a block did not come to its end.
fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Raised { type_name, text } => match (&**type_name, text.split('\'').nth(1)) {
            ("NameError", Some(name)) => {
                format!("it uses {name}, which no block before it defines")
            }
            ("ModuleNotFoundError", Some(name)) => {
                format!("there is no {name} in the browser's Python, and nothing stands in for it")
            }
            _ => format!("it ends as under CPython, by {type_name}: {text}"),
        },
        Failure::Stuck { .. } => "it waits for ever, as under CPython".to_owned(),
        Failure::Cut => "it goes on for too long".to_owned(),
    }
}

/// The blocks of a document, each with the line before it. What follows a cell of a notebook is not told from it here.
fn blocks_of(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let indent = line.len() - line.trim_start().len();
        let is_cell = line.starts_with("In [") && line.trim_end().ends_with("]:");
        let is_block = line.trim() == "```python";
        let ends_here = |line: &str| match (is_cell, is_block) {
            (true, _) => line.starts_with("In ["),
            _ => line.trim() == "```",
        };
        let end = (at + 1..lines.len()).find(|&n| ends_here(lines[n])).unwrap_or(lines.len());
        if is_cell || is_block {
            let body = lines[at + 1..end].iter().map(|line| {
                let (margin, rest) = line.split_at_checked(indent).unwrap_or(("", line));
                format!("{}\n", if margin.trim().is_empty() { rest } else { line })
            });
            blocks.push((at + 1, body.collect()));
            at = if is_cell { end } else { end + 1 };
        } else if line.trim_start().starts_with("```") {
            // Of another language, or of none.
            at = end + 1;
        } else {
            at += 1;
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_drawn_says_why() {
        let without = "the program did not start an event loop";
        for (source, text, said) in [
            ("# Here.\n\n", without, "there are only comments in it"),
            (
                "import a\n\n@b\ndef c(\n    d,\n):\n    e()\n",
                without,
                "it only defines what others are to call",
            ),
            (
                "def f(n):\n    g()\nf(1)\n",
                without,
                "it starts no event loop: there is nothing to draw",
            ),
            ("!ls", "syntax: line 1: invalid syntax", "it is no Python, line 1: invalid syntax"),
            ("f()", "unsupported: line 1: there is no f", "line 1: there is no f"),
        ] {
            assert_eq!(refusal(source, text), said);
        }
    }

    #[test]
    fn blocks_are_those_of_python_and_the_cells_of_notebooks() {
        let text = "# Title\n\n```python\nf()\n```\n\n```\nno Python\n```\n1. item\n   ```python\n   g()\n   ```\n\
                    In [None]:\nh()\n\nprose\n\nIn [2]:\nawait i()\n";
        let found = blocks_of(text);
        let expected = [(3, "f()\n"), (11, "g()\n"), (14, "h()\n\nprose\n\n"), (19, "await i()\n")];
        assert_eq!(found.len(), expected.len());
        for ((line, source), (at, text)) in found.iter().zip(expected) {
            assert_eq!((*line, source.as_str()), (at, text));
        }
    }
}
