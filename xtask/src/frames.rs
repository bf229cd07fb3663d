//! `cargo xtask frames`: from a change of a parameter to the frame that shows it.

use anyhow::Result;

use crate::measure::Page;
use crate::shell::Shell;

/// Measure, in a headless browser, how long every example takes from a change of a parameter to the painted
/// frame.
///
/// Builds the page for release, serves it, changes every parameter of every example at any time between two
/// frames, and prints median, 95th percentile and greatest of the times, beside those of an empty page. Fails
/// if an example does not show a change in the next frame. Sets up what `test` does for the browser. Other
/// work on the machine shows in the figures.
#[derive(clap::Args)]
pub struct Args {
    /// Measure only these examples
    #[arg(value_name = "EXAMPLE")]
    examples: Vec<String>,
    /// Measure only so many of them, evenly spread over the course: all take more than ten minutes
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    #[command(flatten)]
    page: Page,
}

/// Builds the page and measures it.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let sample = args.sample.map(|count| format!("--sample={count}"));
    let arguments: Vec<_> = sample.into_iter().chain(args.examples.iter().cloned()).collect();
    args.page.measure(shell, "frames", &arguments)
}
