//! `cargo xtask room`: how the window is shared out.

use anyhow::Result;

use crate::measure::Page;
use crate::shell::Shell;

/// Measure, in a headless browser, which part of the window the chart has on every example, and what is cut.
///
/// Builds the page for release, serves it, and opens every example at several sizes of the window. Fails where the
/// chart has less than 40 percent of a wide window (50 of a very wide one), where parameters, program and output are
/// not wholly in view there, where text is cut, or the page can be scrolled sideways.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    page: Page,
}

/// Builds the page and measures it.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    args.page.measure(shell, "room", &[])
}
