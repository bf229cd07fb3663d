//! `cargo xtask differential`: does Coroscope's asyncio do with any program what CPython 3.13's does?

mod account;
mod compare;
mod corpus;
mod coverage;
mod cpython;
mod generate;
mod interpret;
mod language;
mod left;
mod lists;
mod pretty;
mod programs;
mod shrink;
mod sides;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use self::account::{Account, Source};
use self::language::Program;
use crate::conformance::oracle::Oracle;
use crate::conformance::python::Python;
use crate::report::say;
use crate::shell::Shell;

pub use self::corpus::check as check_corpus;
pub use self::left::{Left, look};

/// Why a text is not programs, each of which can be read; none if it is.
pub fn refusal(text: &str) -> Option<String> {
    match programs::parse(text) {
        Err(error) => Some(error.to_string()),
        Ok(found) if found.is_empty() => Some("there is no program in it".to_owned()),
        Ok(found) => {
            found.iter().find_map(|program| Some(Program::read(program).err()?.to_string()))
        }
    }
}

/// Compare random asyncio programs, or programs from files, with CPython 3.13.
///
/// A program is JSON, as xtask/differential/LANGUAGE.md describes it. It is run under CPython's own
/// asyncio, on a virtual clock, and under Coroscope's. Compared are, to the last bit of every time: each
/// line and each warning, with its task and in its order; every task's name, parent, beginning, end and
/// outcome; every handle that the loop runs, with its iteration; every suspension, with what is waited for;
/// every wake-up, with who caused it; the makespan; and how the run ends. Programs that
/// differ are made as small as can be, shown, and written to target/differential; they make the command
/// fail. So does, if there were enough random programs, an operation or a place to be cancelled in that
/// none of them has reached.
///
/// CPython 3.13 is PYTHON313, else python3.13, plain or of pyenv, else python3.
#[derive(clap::Args)]
pub struct Args {
    /// Where the random programs begin; the same seed gives the same ones
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many random programs
    #[arg(long, default_value_t = 1000)]
    count: u64,
    /// Only the random program of this number
    #[arg(long, value_name = "NUMBER", conflicts_with = "count")]
    index: Option<u64>,
    /// Programs of these files instead: each one program, a list of them, or one a line
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["seed", "count", "index"])]
    programs: Vec<PathBuf>,
    /// Keep each program, with what CPython did, as a file in this folder, such as xtask/corpus
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
}

/// Random programs that `cargo xtask test` compares live, and where they begin.
const LIVE: u64 = 300;
const LIVE_SEED: u64 = 3;

/// How many programs are compared at a time: the sooner side waits for the other after so many.
const AT_A_TIME: usize = 400;

/// How often progress is told.
const BEAT: Duration = Duration::from_secs(15);

/// Compares as asked.
///
/// # Errors
/// That there is no CPython, or a file cannot be read.
pub fn main(shell: &Shell, args: &Args) -> Result<ExitCode> {
    let python = Python::require(shell)?;
    let mut oracle = Oracle::start(shell, &python)?;
    say(format_args!("CPython {}, {}", python.version, python.path.display()));
    let clean = if args.programs.is_empty() {
        let numbers = match args.index {
            Some(index) => index..index.saturating_add(1),
            None => 0..args.count,
        };
        let count = numbers.end - numbers.start;
        let sources = numbers.map(|index| generated(args.seed, index));
        compare(shell, &mut oracle, sources, count, args)?.close(args.index.is_none())
    } else {
        let sources = from_files(args)?;
        let count = sources.len() as u64;
        compare(shell, &mut oracle, sources.into_iter(), count, args)?.close(false)
    };
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compares some random programs live, always the same ones.
///
/// # Errors
/// That something differs, or there is no CPython.
pub fn live(shell: &Shell) -> Result<()> {
    let python = Python::require(shell)?;
    let mut oracle = Oracle::start(shell, &python)?;
    say(format_args!("CPython {}, seed {LIVE_SEED}, {LIVE} programs", python.version));
    let sources = (0..LIVE).map(|index| generated(LIVE_SEED, index));
    let account = compare_all(shell, &mut oracle, sources, LIVE, |_, _| Ok(()))?;
    match account.close(false) {
        true => Ok(()),
        false => bail!("Rust and CPython differ"),
    }
}

/// Compares programs as they come, and keeps them if asked to.
fn compare(
    shell: &Shell,
    oracle: &mut Oracle,
    sources: impl Iterator<Item = Source>,
    count: u64,
    args: &Args,
) -> Result<Account> {
    compare_all(shell, oracle, sources, count, |sources, judged| match &args.keep {
        None => Ok(()),
        Some(folder) => corpus::keep(folder, sources, &judged.cpython),
    })
}

fn compare_all(
    shell: &Shell,
    oracle: &mut Oracle,
    mut sources: impl Iterator<Item = Source>,
    count: u64,
    keep: impl Fn(&[Source], &sides::Judged) -> Result<()>,
) -> Result<Account> {
    let mut account = Account::default();
    let mut told = Instant::now();
    loop {
        let some: Vec<_> = sources.by_ref().take(AT_A_TIME).collect();
        if some.is_empty() {
            return Ok(account);
        }
        let programs: Vec<_> = some.iter().map(|source| source.json.clone()).collect();
        let judged = sides::judge(oracle, &programs)?;
        keep(&some, &judged)?;
        account.add(shell, oracle, &some, &judged)?;
        if told.elapsed() >= BEAT {
            told = Instant::now();
            account.progress(count);
        }
    }
}

/// A random program.
fn generated(seed: u64, index: u64) -> Source {
    // One that CPython would not compile gives way to another.
    let others = (0..).map(|other: u64| generate::program(seed.wrapping_add(other << 32), index));
    let json = others.into_iter().find(|json| !Program::is_too_deep(json));
    Source {
        json: json.unwrap_or_default(),
        name: format!("seed-{seed}-{index}"),
        again: format!("--seed {seed} --index {index}"),
    }
}

/// The programs of all files.
fn from_files(args: &Args) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in &args.programs {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let programs = programs::read(path)?;
        let many = programs.len() > 1;
        for (n, json) in programs.into_iter().enumerate() {
            let name = if many { format!("{stem}-{}", n + 1) } else { stem.clone() };
            let which = if many { format!(" (program {})", n + 1) } else { String::new() };
            let again = format!("--programs {}{which}", path.display());
            sources.push(Source { json, name, again });
        }
    }
    Ok(sources)
}
