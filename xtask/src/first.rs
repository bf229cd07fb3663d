//! `cargo xtask first`: from a visit to the first chart.

use anyhow::Result;

use crate::browser;
use crate::build;
use crate::pyodide::Pyodide;
use crate::shell::{self, Shell};
use crate::site::Site;

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
    /// Measure the page that is in dist/ already
    #[arg(long)]
    no_build: bool,
}

/// Builds the page and measures it.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let browser = browser::ensure(shell)?;
    let pyodide = Pyodide::serve(shell)?;
    if !args.no_build {
        let optimize = build::set_up(shell)?;
        build::page(shell, optimize)?;
    }
    let site = Site::local(build::dist(shell))?;
    let mut command = shell.command("cargo");
    command.args(["run", "--quiet", "--package", "e2e", "--bin", "first", "--"]);
    command.arg(args.visits.to_string()).arg(pyodide.ready());
    shell::run(browser.visiting(&mut command, &site))
}
