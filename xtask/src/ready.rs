//! `cargo xtask engine`: how late the engine for own programs is ready, and what using it leaves behind.

use anyhow::Result;

use crate::measure::Page;
use crate::pyodide::Pyodide;
use crate::shell::Shell;

/// Measure, in a headless browser, how late the engine is ready beside Pyodide alone, and what edits and runs leave behind.
///
/// Builds the page for release and serves it, and Pyodide from npm beside it; both from this machine. They are
/// visited in turns, and the medians compared; at most 1.2 times as late is right. Then a program of 20 tasks is edited,
/// and its constant moved, each time until its run is shown; the second half must leave no more behind than the first.
#[derive(clap::Args)]
pub struct Args {
    /// How often each is visited; 0 leaves it out
    #[arg(long, default_value_t = 5)]
    visits: usize,
    /// How often the program is edited
    #[arg(long, default_value_t = 100)]
    edits: u64,
    /// How often it is run with another value
    #[arg(long, default_value_t = 1000)]
    runs: u64,
    #[command(flatten)]
    page: Page,
}

/// Builds the page and measures it.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let pyodide = Pyodide::serve(shell)?;
    let numbers =
        [args.visits.to_string(), pyodide.ready(), args.edits.to_string(), args.runs.to_string()];
    args.page.measure(shell, "engine", &numbers)
}
