//! `cargo xtask room`: how the window is shared out.

use anyhow::Result;

use crate::browser;
use crate::build;
use crate::shell::{self, Shell};
use crate::site::Site;

/// Measure, in a headless browser, which part of the window the chart has on every example, and what is cut.
///
/// Builds the page for release, serves it, and opens every example at several sizes of the window. Fails where the
/// chart has less than 40 percent of a wide window (50 of a very wide one), where parameters, program and output are
/// not wholly in view there, where text is cut, or the page can be scrolled sideways.
#[derive(clap::Args)]
pub struct Args {
    /// Measure the page that is in dist/ already
    #[arg(long)]
    no_build: bool,
}

/// Builds the page and measures it.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let browser = browser::ensure(shell)?;
    if !args.no_build {
        let optimize = build::set_up(shell)?;
        build::page(shell, optimize)?;
    }
    let site = Site::local(build::dist(shell))?;
    let mut command = shell.command("cargo");
    command.args(["run", "--quiet", "--package", "e2e", "--bin", "room"]);
    shell::run(browser.visiting(&mut command, &site))
}
