//! `cargo xtask first`: from a visit to the first chart.

use anyhow::Result;

use crate::measure::Page;
use crate::pyodide::Pyodide;
use crate::shell::Shell;

/// Measure, in a headless browser, how long it takes from a visit to the first chart, beside Pyodide.
///
/// Builds the page for release and serves it, and Pyodide from npm beside it; both from this machine. They are
/// visited in turns, and the medians compared: the page's first paint, which has the first chart, and when it can be
/// used, by when Pyodide has started and imported asyncio.
#[derive(clap::Args)]
pub struct Args {
    /// How often each is visited
    #[arg(long, default_value_t = 7)]
    visits: usize,
    #[command(flatten)]
    page: Page,
}

/// Builds the page and measures it.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let pyodide = Pyodide::serve(shell)?;
    args.page.measure(shell, "first", &[args.visits.to_string(), pyodide.ready()])
}
