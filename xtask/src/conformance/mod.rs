//! `cargo xtask conformance` and `cargo xtask golden`: does Rust do what CPython 3.13 does?

mod account;
mod cases;
mod golden;
mod names;
pub mod oracle;
mod places;
pub mod python;

use std::fs;
use std::process::ExitCode;

use anyhow::{Result, bail};
use examples::{self, CATALOGUE, Example};
use trace_document::Document;

use self::account::{Account, Total};
use self::cases::Case;
use self::golden::Golden;
use self::oracle::{Oracle, Refusal};
use self::python::Python;
use crate::engine::{Engine, Request, THREADS};
use crate::measure::{self, Page};
use crate::params;
use crate::report::say;
use crate::shell::Shell;

/// Compare every example with its twin under CPython 3.13, with many parameters.
///
/// Compared are, to the last bit of every time: what is printed and by which task; every task's name,
/// parent, beginning, end and outcome, and the call that made its coroutine; every handle that the loop runs, with its iteration; every
/// suspension, with what is waited for; every wake-up, with who caused it; warnings; the makespan; how the
/// run ends; what locks, queues and the like are called; and that each line of program.rs stands at one line of twin.py, the one in lines.txt. Parameters
/// are the defaults, each parameter's ends, and random ones. Differences are shown with the command that
/// repeats them, and make the command fail.
///
/// CPython 3.13 is PYTHON313, else python3.13, plain or of pyenv, else python3.
#[derive(clap::Args)]
pub struct Args {
    /// Where the random parameters begin; the same seed gives the same ones
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many random sets of parameters per example
    #[arg(long, default_value_t = 50)]
    count: usize,
    /// Only this example
    #[arg(long, value_name = "ID", value_parser = example_ids())]
    example: Option<String>,
    /// Only the example's defaults with this replaced; as often as needed
    #[arg(long, value_name = "NAME=VALUE", requires = "example")]
    set: Vec<String>,
    /// With what is kept of CPython in xtask/goldens, as `cargo xtask test` does; needs no Python
    #[arg(long, conflicts_with_all = ["seed", "count", "example", "set"])]
    goldens: bool,
    /// With CPython in Pyodide, by Node.js, as the page has it for the reader's own programs: every example at its
    /// defaults
    #[arg(long, conflicts_with_all = ["seed", "count", "set", "goldens"])]
    engine: bool,
    /// As a reader asks: by the button under every example of the page in dist/, in a headless browser
    #[arg(long, conflicts_with_all = ["seed", "count", "example", "set", "goldens", "engine"])]
    page: bool,
}

/// Write what CPython 3.13 does into xtask/goldens, and each example's lines.txt.
///
/// To be run when a twin, a program or the parameters of an example have changed. Both are found by
/// running, never written by hand. Fails, after writing, if Rust differs from CPython.
#[derive(clap::Args)]
pub struct GoldenArgs {
    /// Only this example
    #[arg(long, value_name = "ID", value_parser = example_ids())]
    example: Option<String>,
}

/// Random sets of parameters that are kept, and where they begin.
const KEPT: usize = 12;
const KEPT_SEED: u64 = 0;

/// Further ones that only find places, and where they begin.
const PLACES: usize = 200;
const PLACES_SEED: u64 = 1;

/// Random sets that `cargo xtask test` compares live, and where they begin.
const LIVE: usize = 20;
const LIVE_SEED: u64 = 2;

/// The folder of an example.
pub fn folder(example: &Example) -> String {
    example.id.replace('-', "_")
}

/// The ids of all examples, for clap.
pub fn example_ids() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(CATALOGUE.iter().map(|example| example.id))
}

/// Compares as asked.
pub fn main(shell: &Shell, args: &Args) -> Result<ExitCode> {
    if args.goldens {
        check_goldens(shell)?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.page {
        measure::tests(shell, &Page::built(), &["agree"])?;
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = match args.example.as_deref().map(examples::find) {
        Some(Some(example)) => vec![example],
        Some(None) => bail!("there is no such example"),
        None => CATALOGUE.to_vec(),
    };
    if args.engine {
        in_engine(&Engine::new(shell)?, &chosen)?;
        return Ok(ExitCode::SUCCESS);
    }
    let only = match chosen[..] {
        [example] if !args.set.is_empty() => match params::from_flags(example, &args.set) {
            Ok(args) => Some(Case { label: "as given".to_owned(), args }),
            Err(error) => return Ok(params::refuse(&error)),
        },
        _ => None,
    };
    let total = compare(shell, &chosen, |example| match &only {
        Some(case) => vec![case.clone()],
        None => sets(example, args.seed, args.count),
    })?;
    say(total.text());
    Ok(if total.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether there is a CPython 3.13 to compare with; an unsuitable PYTHON313 shall be told, not passed over.
pub fn is_possible(shell: &Shell) -> bool {
    !matches!(Python::find(shell), Ok(None))
}

/// Compares live, always with the same sets of parameters.
pub fn live(shell: &Shell) -> Result<()> {
    say(format_args!("seed {LIVE_SEED}, {LIVE} random sets per example"));
    let total = compare(shell, CATALOGUE, |example| sets(example, LIVE_SEED, LIVE))?;
    conclude(&total)
}

/// Compares examples at their defaults with CPython in Pyodide.
pub fn in_engine(engine: &Engine, chosen: &[&'static Example]) -> Result<()> {
    let requests = chosen.iter().map(|example| {
        let (set, network) = oracle::parameters(&example.defaults());
        Request {
            name: "twin.py",
            source: example.source().python,
            set,
            network,
            ..Request::default()
        }
    });
    let answers = engine.ask_all(&requests.collect::<Vec<_>>())?;
    let (mut total, mut left_out) = (Total::default(), Vec::new());
    let python = engine.python()?;
    for (&example, answer) in chosen.iter().zip(&answers) {
        let case = Case { label: "defaults".to_owned(), args: example.defaults() };
        let mut account = Account::open(example);
        match oracle::trace(answer) {
            Err(error) if needs_threads(&error) => {
                left_out.push(example.id);
                continue;
            }
            Ok(document) => match agree::newer(example.id, &python) {
                Some(newer) => {
                    say(format_args!("{}: not compared, for {}", example.id, newer.why));
                    continue;
                }
                None => account.compare(&case, &document),
            },
            Err(error) => account.fault(&format!("{error:#}")),
        }
        account.close(&mut total);
    }
    if !left_out.is_empty() {
        say(format_args!(
            "left out, for they start threads, and this Node.js cannot suspend WebAssembly: {}",
            left_out.join(", ")
        ));
    }
    conclude(&total)
}

/// Whether there is no answer for want of threads.
fn needs_threads(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Refusal>().is_some_and(|refusal| refusal.kind == THREADS)
}

/// Compares with what is kept of CPython; needs no Python.
pub fn check_goldens(shell: &Shell) -> Result<()> {
    let mut total = Total::default();
    for &example in CATALOGUE {
        let mut account = Account::open(example);
        if let Err(error) = check_golden(shell, example, &mut account) {
            account.fault(&format!("{error:#}; run `cargo xtask golden`"));
        }
        account.check_places();
        account.close(&mut total);
    }
    conclude(&total)
}

fn check_golden(shell: &Shell, example: &Example, account: &mut Account) -> Result<()> {
    let golden = Golden::read(shell, example)?;
    for run in golden.runs(example) {
        let (case, cpython) = run?;
        account.compare(&case, &cpython);
    }
    Ok(())
}

/// Writes the goldens and the places.
pub fn write_goldens(shell: &Shell, args: &GoldenArgs) -> Result<ExitCode> {
    let (python, mut oracle) = begin(shell)?;
    let mut total = Total::default();
    let mut bytes = 0;
    for &example in CATALOGUE {
        if args.example.as_deref().is_some_and(|id| id != example.id) {
            continue;
        }
        let mut account = Account::open(example);
        let kept = sets(example, KEPT_SEED, KEPT);
        let runs = compare_one(shell, &mut oracle, &mut account, example, &kept)?;
        let golden = Golden::new(example, &python.version, kept.iter().zip(runs));
        bytes += golden.write(shell, example)?;

        let more = cases::random(example, PLACES_SEED, PLACES);
        compare_one(shell, &mut oracle, &mut account, example, &more)?;
        let lines = shell.root().join("crates/examples/src").join(folder(example));
        fs::write(lines.join("lines.txt"), account.learnt().text())?;
        account.close(&mut total);
    }
    say(format_args!("goldens: {} kB", bytes / 1000));
    conclude(&total)?;
    Ok(ExitCode::SUCCESS)
}

/// The fixed sets of parameters and random ones.
fn sets(example: &Example, seed: u64, count: usize) -> Vec<Case> {
    let mut cases = cases::fixed(example);
    cases.extend(cases::random(example, seed, count));
    cases
}

/// Finds CPython and starts the oracles.
fn begin(shell: &Shell) -> Result<(Python, Oracle)> {
    let python = Python::require(shell)?;
    say(format_args!("CPython {}, {}", python.version, python.path.display()));
    let oracle = Oracle::start(shell, &python)?;
    Ok((python, oracle))
}

/// Compares examples live, each with the sets of parameters that `sets` gives for it.
fn compare(
    shell: &Shell,
    chosen: &[&'static Example],
    sets: impl Fn(&Example) -> Vec<Case>,
) -> Result<Total> {
    let (_, mut oracle) = begin(shell)?;
    let mut total = Total::default();
    for &example in chosen {
        let mut account = Account::open(example);
        compare_one(shell, &mut oracle, &mut account, example, &sets(example))?;
        account.check_places();
        account.close(&mut total);
    }
    Ok(total)
}

/// Compares one example live; hands back what CPython did.
fn compare_one(
    shell: &Shell,
    oracle: &mut Oracle,
    account: &mut Account,
    example: &Example,
    cases: &[Case],
) -> Result<Vec<Document>> {
    let runs = oracle.ask(shell, example, cases.iter().map(|case| &case.args))?;
    for (case, run) in cases.iter().zip(&runs) {
        account.compare(case, run);
    }
    Ok(runs)
}

/// An error if anything differs.
fn conclude(total: &Total) -> Result<()> {
    if total.is_clean() {
        say(total.text());
        Ok(())
    } else {
        bail!("Rust and CPython differ: {}", total.text());
    }
}
