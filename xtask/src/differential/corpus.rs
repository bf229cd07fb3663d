//! Programs that are kept with what CPython did, in `xtask/corpus`, so that comparing needs no Python.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::account::{Source, differences, tell};
use super::cpython::Answer;
use super::pretty::pretty;
use super::programs;
use super::sides::{Verdict, judge_kept};
use crate::report::say;
use crate::shell::{self, Shell};
use crate::trace_file;

/// Keeps programs with the traces of what CPython did, two files each.
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
        let path = folder.join(format!("{}.json", source.name));
        fs::write(&path, pretty(&source.json) + "\n")
            .with_context(|| path.display().to_string())?;
        trace_file::write(&trace(&path), document)?;
    }
    Ok(())
}

/// Where the trace is kept of the program of a file.
fn trace(program: &Path) -> PathBuf {
    program.with_extension("trace.gz")
}

/// Compares with all that is kept; needs no Python.
///
/// # Errors
/// That something differs, or a file cannot be read.
pub fn check(shell: &Shell) -> Result<()> {
    let files = files(&shell.root().join("xtask/corpus"))?;
    let mut differing = 0;
    for path in &files {
        let [program] = &programs::read(path)?[..] else {
            bail!("{}: there is more than one program in it", path.display());
        };
        let kept = trace_file::bytes(&trace(path)).with_context(|| {
            let path = path.display();
            format!("cargo xtask differential --programs {path} --keep xtask/corpus writes it")
        })?;
        let kept = trace_file::read(&kept);
        let kept = kept.with_context(|| trace(path).display().to_string())?;
        let (verdict, _) = judge_kept(program, &kept)?;
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

/// What is kept in a folder, in the order of the names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = shell::files(folder, &["json"])?;
    if files.is_empty() {
        bail!("{}: nothing is kept in it", folder.display());
    }
    Ok(files)
}
