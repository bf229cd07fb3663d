//! The commands of the repository, run as `cargo xtask …`.
//!
//! Each sets up what it needs and is missing, says so, and then does its work.

// With this feature it is another program: libFuzzer's, which has a beginning of its own.
#![cfg_attr(feature = "coverage", no_main, allow(dead_code))]

mod at_once;
mod axe;
mod bench;
mod browser;
mod build;
mod cases;
mod compiled;
mod conformance;
mod differential;
mod documents;
mod engine;
mod first;
mod found;
mod frames;
mod install;
mod list;
mod lockfile;
mod measure;
mod npm;
mod params;
mod program;
mod pyodide;
mod ready;
mod recorder;
mod report;
mod room;
mod run;
mod serve;
mod shell;
mod site;
mod size;
mod test;
mod tools;
mod trace_file;
mod trust;
mod wasm_opt;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::shell::Shell;

/// Handles that a run may take before it is given up: as many as on the page.
const BUDGET: u64 = 250_000;

/// Sets up, builds, serves and tests Coroscope.
///
/// Nothing need be installed beforehand but Rust: each command looks for the tools it needs, installs
/// those that are missing into cargo's own folder ($CARGO_HOME, usually ~/.cargo), where the next clone
/// finds them too, and says what it installs and about how long that takes.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What can be asked for.
#[derive(Subcommand)]
enum Command {
    Serve(serve::Args),
    Build(build::Args),
    Test(test::Args),
    Frames(frames::Args),
    First(first::Args),
    Engine(ready::Args),
    Room(room::Args),
    Run(run::Args),
    Trace(trace_file::Args),
    Conformance(conformance::Args),
    Golden(conformance::GoldenArgs),
    Differential(differential::Args),
    Bench(bench::Args),
    Recorder(recorder::Args),
    Documents(documents::Args),
    Cases(cases::Args),
    Trust(trust::Args),
}

#[cfg(feature = "coverage")]
libfuzzer_sys::fuzz_target!(|input: &[u8]| trust::read_named(input));

fn main() -> ExitCode {
    let cli = Cli::parse();
    run(cli.command).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

/// Does what was asked for.
fn run(command: Command) -> Result<ExitCode> {
    let shell = Shell::new()?;
    match command {
        Command::Serve(args) => serve::main(&shell, &args)?,
        Command::Build(args) => build::main(&shell, &args)?,
        Command::Test(args) => return test::main(&shell, &args),
        Command::Frames(args) => frames::main(&shell, &args)?,
        Command::First(args) => first::main(&shell, &args)?,
        Command::Engine(args) => ready::main(&shell, &args)?,
        Command::Room(args) => room::main(&shell, &args)?,
        Command::Trust(args) => trust::main(&shell, &args)?,
        Command::Run(args) => return run::main(&shell, &args),
        Command::Trace(args) => return trace_file::main(&args),
        Command::Conformance(args) => return conformance::main(&shell, &args),
        Command::Golden(args) => return conformance::write_goldens(&shell, &args),
        Command::Bench(args) => bench::main(&shell, &args)?,
        Command::Recorder(args) => return recorder::main(&shell, &args),
        Command::Documents(args) => return documents::main(&shell, &args),
        Command::Cases(args) => return cases::main(&shell, &args),
        Command::Differential(args) => return differential::main(&shell, &args),
    }
    Ok(ExitCode::SUCCESS)
}
