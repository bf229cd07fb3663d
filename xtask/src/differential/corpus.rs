//! Programs that are kept with what CPython did, in `xtask/corpus`, so that comparing needs no Python.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value as Json;
use trace_document::Document;

use super::account::{Source, differences, tell};
use super::cpython::Answer;
use super::pretty::pretty;
use super::sides::{Verdict, judge_kept};
use crate::report::say;
use crate::shell::Shell;
use crate::trace_file;

/// A program and the trace of what CPython did with it, each of whose lines is an entry.
#[derive(Deserialize)]
struct Kept {
    program: Json,
    cpython: Vec<Json>,
}

impl Kept {
    fn trace(&self) -> Result<Document> {
        let lines: Vec<String> = self.cpython.iter().map(Json::to_string).collect();
        trace_file::read((lines.join("\n") + "\n").as_bytes())
    }
}

/// Keeps programs with CPython's answers, a file each.
///
/// # Errors
/// That CPython did not run one, or a file cannot be written.
pub fn keep(folder: &Path, sources: &[Source], answers: &[Answer]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for (source, answer) in sources.iter().zip(answers) {
        let document = match answer {
            Ok(document) => document,
            Err(why) => bail!("{}: {why:#}", source.name),
        };
        let mut trace = Vec::new();
        trace_document::write(document, &mut trace)?;
        let lines = String::from_utf8(trace)?.trim_end().replace('\n', ",\n");
        let path = folder.join(format!("{}.json", source.name));
        // Lines of their own for all, so that a change is seen as one.
        let text = format!("{{\"program\": {},\n\"cpython\": [\n{lines}]}}\n", pretty(&source.json));
        fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Compares with all that is kept; needs no Python.
///
/// # Errors
/// That something differs, or a file cannot be read.
pub fn check(shell: &Shell) -> Result<()> {
    let files = files(&shell.root().join("xtask/corpus"))?;
    let mut differing = 0;
    for path in &files {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let kept: Kept = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        let trace = kept.trace().with_context(|| path.display().to_string())?;
        let (verdict, _) = judge_kept(&kept.program, trace)?;
        if !matches!(verdict, Verdict::Same | Verdict::CutOff) {
            differing += 1;
            say(format_args!("\n{}:", path.display()));
            tell(&verdict);
        }
    }
    say(format_args!("{} programs, {}", files.len(), differences(differing)));
    if differing > 0 {
        bail!("Rust differs from what is kept of CPython");
    }
    Ok(())
}

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut files: Vec<_> = paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{}: nothing is kept in it", folder.display());
    }
    Ok(files)
}
