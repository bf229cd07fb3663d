//! Programs that are kept with what CPython did, in `xtask/corpus`, so that comparing needs no Python.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::account::{Source, differences, tell};
use super::cpython::Answer;
use super::pretty::pretty;
use super::run::Run;
use super::sides::{Verdict, judge_kept};
use crate::report::say;
use crate::shell::Shell;

/// A program and what CPython did with it.
#[derive(Serialize, Deserialize)]
struct Kept {
    program: Json,
    cpython: Run,
}

/// Keeps programs with CPython's answers, a file each.
///
/// # Errors
/// That CPython did not run one, or a file cannot be written.
pub fn keep(folder: &Path, sources: &[Source], answers: &[Answer]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for (source, answer) in sources.iter().zip(answers) {
        let cpython = match answer {
            Ok(run) => serde_json::to_value(run)?,
            Err(why) => bail!("{}: {why:#}", source.name),
        };
        let path = folder.join(format!("{}.json", source.name));
        // Lines of their own for both, so that a change of either is seen as one.
        let text = format!("{{\"program\": {},\n\"cpython\": {cpython}}}\n", pretty(&source.json));
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
        let (verdict, _) = judge_kept(&kept.program, kept.cpython)?;
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
