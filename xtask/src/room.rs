//! `cargo xtask room`: how the window is shared out.

use anyhow::Result;

use crate::measure::Page;
use crate::shell::Shell;

/// Measure, in a headless browser, which part of the window the chart has on every example, what is cut, and what moves.
///
/// Builds the page for release, serves it, and opens every example at several sizes of the window, in both languages.
/// Fails where the chart has less than 40 percent of a wide window (50 of a very wide one, 28 of a projector's 1024 by
/// 768), where parameters, program and output are not wholly in view there, where text is cut, the page can be scrolled
/// sideways, or what is to stay where it is moves: when texts arrive, when a slider is dragged, from example to example.
/// All of it takes an hour.
#[derive(clap::Args)]
pub struct Args {
    /// Measure only these examples
    #[arg(value_name = "EXAMPLE")]
    examples: Vec<String>,
    /// Measure only windows of these sizes, such as 1440x900, any that is wanted
    #[arg(long, value_name = "WIDTHxHEIGHT", value_delimiter = ',')]
    size: Vec<String>,
    /// Measure only in this language
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',', default_value = "en,zh", value_parser = ["en", "zh"])]
    language: Vec<String>,
    #[command(flatten)]
    page: Page,
}

/// Builds the page and measures it.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let mut arguments = vec![args.language.join(","), args.size.join(",")];
    arguments.extend(args.examples.iter().cloned());
    args.page.measure(shell, "room", &arguments)
}
