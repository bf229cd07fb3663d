//! `cargo xtask bench`: what things cost.

mod wasm;

use std::ffi::OsString;

use anyhow::Result;

use crate::conformance::python::Python;
use crate::report::say;
use crate::shell::{self, Shell};

/// Measure the layer of asyncio beside tokio, smol and CPython 3.13: one table of ratios.
///
/// The same work is done in one run, in turns: by ours with the trace off and on, by tokio's runtime of one
/// thread, by smol's, and by CPython where it is found (as for `conformance`). Then how time per task grows
/// with the number of tasks, bytes per task and per event, what folding a trace costs, drawing a chart of
/// 10,000 tasks, and opening a trace of them. Times are of this machine and this hour: the
/// ratios are what can be compared, and nothing depends on them.
#[derive(clap::Args)]
pub struct Args {
    /// Fewer rounds
    #[arg(long)]
    quick: bool,
    /// Only this row: spawn, yields, queue1, queue100, permits, sleeps, cancel, group or gather; may be
    /// given several times
    #[arg(long, value_name = "ROW")]
    only: Vec<String>,
    /// Nothing of CPython
    #[arg(long)]
    no_python: bool,
    /// Instead, the rows in a headless browser beside CPython in Pyodide, as ratios
    #[arg(long, conflicts_with_all = ["no_python", "short"])]
    wasm: bool,
    /// Instead, write the trace of a run of 10,000 tasks to this file, to be dropped onto the page
    #[arg(long, value_name = "FILE", conflicts_with_all = ["wasm", "quick", "no_python", "short"])]
    trace: Option<std::path::PathBuf>,
    /// Instead, how long the page takes to open this trace, and to go to places in it, in a headless browser
    #[arg(long, value_name = "FILE", conflicts_with_all = ["wasm", "quick", "no_python", "short", "trace"])]
    open: Option<std::path::PathBuf>,
    #[command(flatten)]
    page: crate::measure::Page,
    /// Neither growth nor bytes, and nothing of folding and drawing
    #[arg(long)]
    short: bool,
}

/// Builds the programs that measure, and runs them.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    if let Some(path) = &args.trace {
        return measure(shell, "paint", vec!["--trace".into(), path.into()]);
    }
    if let Some(path) = &args.open {
        let path = path.canonicalize()?;
        return args.page.measure(shell, "opening", &[path.display().to_string()]);
    }
    if args.wasm {
        return wasm::main(shell, &args.only, if args.quick { 1 } else { 3 });
    }
    let mut line: Vec<OsString> = Vec::new();
    for row in &args.only {
        line.extend(["--only".into(), row.into()]);
    }
    line.extend(args.quick.then(|| "--quick".into()));
    line.extend(args.short.then(|| "--no-growth".into()));
    if !args.no_python
        && let Some(python) = Python::find(shell)?
    {
        say(format_args!("CPython {}", python.version));
        line.extend(["--python".into(), python.path.into()]);
    }
    measure(shell, "bench", line)?;
    if !args.short {
        measure(shell, "memory", Vec::new())?;
        measure(shell, "fold", Vec::new())?;
        measure(shell, "paint", Vec::new())?;
    }
    Ok(())
}

/// Runs one of them.
fn measure(shell: &Shell, program: &str, line: Vec<OsString>) -> Result<()> {
    let mut command = shell.command("cargo");
    command.args([
        "run",
        "--quiet",
        "--profile",
        "bench",
        "--package",
        "bench",
        "--bin",
        program,
        "--",
    ]);
    shell::run(command.args(line))
}
