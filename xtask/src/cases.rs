//! `cargo xtask cases`: do programs print in the engine what CPython prints?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use agree::Observation;
use anyhow::{Context, Result, bail, ensure};

use crate::conformance::oracle;
use crate::engine::{self, Engine, Request};
use crate::report::say;
use crate::shell::{self, Shell};

/// Run every NAME.py of a folder in the engine, and compare what it prints with NAME.txt, which holds what CPython 3.13.0
/// prints, or how the engine refuses it with NAME.refused.
///
/// Durations of a real clock are no more than what they are there: a number with a decimal point counts as equal where the
/// lines are equal without their numbers.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of the programs; without it, ../shared/cases
    folder: Option<PathBuf>,
}

/// Programs that the engine's newer CPython does not run as 3.13.0 does, and why.
const NEWER: [(&str, &str); 2] = [
    (
        "13-eager-task-fails-inside-a-group",
        "since 3.13.1 a group knows of a child that ended in its eager first step",
    ),
    ("31-context-variables-and-tasks", "it prints which version it is"),
];

/// Runs and compares.
pub fn main(shell: &Shell, args: &Args) -> Result<ExitCode> {
    let folder = args.folder.clone().unwrap_or_else(|| usual(shell));
    engine::with_folder(shell, &folder, all)
}

/// Where the cases are.
pub fn usual(shell: &Shell) -> PathBuf {
    shell.root().join("../shared/cases")
}

/// Where ours are: a program for each kind of thing that such programs do.
pub fn ours(shell: &Shell) -> PathBuf {
    shell.root().join("xtask/cases")
}

/// Runs all programs of a folder.
///
/// # Errors
/// That some print something else, and that is not known of the engine's version.
pub fn all(engine: &Engine, folder: &Path) -> Result<()> {
    let programs = shell::files(folder, &["py"])?;
    ensure!(!programs.is_empty(), "{} holds no program", folder.display());
    let mut texts = Vec::new();
    for path in &programs {
        texts.push((fs::read_to_string(path)?, Expected::of(path)?));
    }
    let requests: Vec<_> = texts
        .iter()
        .map(|(source, _)| Request {
            name: "case.py",
            source,
            pasted: true,
            // As where nobody sits before the terminal.
            input: Some(&[]),
            ..Request::default()
        })
        .collect();
    let answers = engine.ask_all(&requests)?;
    let (mut same, mut known, mut differing) = (0, 0, 0);
    for ((path, (_, expected)), answer) in programs.iter().zip(&texts).zip(&answers) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let Err(difference) = expected.compare(answer) else {
            same += 1;
            continue;
        };
        if let Some((_, why)) = NEWER.iter().find(|(known, _)| *known == name) {
            known += 1;
            say(format_args!("{name}: {why}"));
        } else {
            differing += 1;
            say(format_args!("{name}: {difference}"));
        }
    }
    say(format_args!(
        "{} programs: {same} print what CPython 3.13.0 prints, or are refused as they must be, {known} differ as is known of {}, {differing} differ",
        programs.len(),
        engine.python()?
    ));
    ensure!(differing == 0, "the engine prints something else");
    Ok(())
}

/// What is to come of a program.
enum Expected {
    Printed(String),
    Refused(String),
}

impl Expected {
    /// That of the program of a file.
    fn of(path: &Path) -> Result<Self> {
        let read = |extension| {
            let path = path.with_extension(extension);
            fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        Ok(match path.with_extension("refused").is_file() {
            true => Self::Refused(read("refused")?),
            false => Self::Printed(read("txt")?),
        })
    }

    /// Whether that has come of it.
    fn compare(&self, answer: &str) -> Result<()> {
        let expected = match self {
            Self::Printed(text) => return compare(text, answer),
            Self::Refused(text) => text.trim_end(),
        };
        match oracle::trace(answer) {
            Ok(_) => bail!("it runs instead of: {expected}"),
            Err(why) if why.to_string() == expected => Ok(()),
            Err(why) => bail!("{why} instead of: {expected}"),
        }
    }
}

/// Whether what a run printed is what was expected.
fn compare(expected: &str, answer: &str) -> Result<()> {
    let document = oracle::trace(answer)?;
    let seen = Observation::of(&document, None);
    // What is logged goes to the other stream.
    let printed: Vec<String> = seen
        .lines()
        .flat_map(|line| line.text.split('\n').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let expected: Vec<&str> = expected.lines().collect();
    for (at, line) in expected.iter().enumerate() {
        match printed.get(at) {
            Some(found) if found == line || is_same_but_for_times(found, line) => {}
            Some(found) => bail!("line {}: {found:?} instead of {line:?}", at + 1),
            None => bail!("it ends before line {}: {line:?}", at + 1),
        }
    }
    ensure!(printed.len() == expected.len(), "it goes on with {:?}", printed[expected.len()]);
    Ok(())
}

/// Whether two lines differ in numbers with a decimal point alone.
fn is_same_but_for_times(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(|word| {
                let number = word.trim_matches(|c: char| !c.is_ascii_digit());
                let is_time = number.contains('.') && number.parse::<f64>().is_ok();
                if is_time { word.replace(number, "TIME") } else { word.to_owned() }
            })
            .collect()
    };
    words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_may_differ_and_nothing_else() {
        assert!(is_same_but_for_times("done after 0.30 s", "done after 0.31 s"));
        assert!(!is_same_but_for_times("done after 0.30 s", "over after 0.30 s"));
        assert!(!is_same_but_for_times("3 items", "4 items"));
    }
}
