//! `cargo xtask trust`: that the page cannot be broken, as figures that anybody can make again.

mod copies;
mod coverage;
mod crowd;
mod firefox;
mod fuzz;
mod inputs;
mod kinds;
mod lasting;
mod mutate;
mod planted;
mod planted_page;
mod properties;
mod report;
mod reproducible;
mod supply;
mod timers;

use anyhow::Result;
use clap::Subcommand;

use crate::measure::{self, Page};
use crate::shell::Shell;

#[cfg(feature = "coverage")]
pub use self::coverage::read as read_named;
pub use self::fuzz::quick as fuzz_quick;
pub use self::properties::quick as properties_quick;
pub use self::supply::check as supply_check;

/// Try to break the page: random programs, hostile input, faults of its files, random use; and look at what it is made of.
///
/// Each part is a command of its own, prints its figures, and leaves them in target/trust; `report` makes docs/trust.md of
/// them. A short form of each is a part of `cargo xtask test`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    part: Part,
}

/// The parts.
#[derive(Subcommand)]
enum Part {
    Properties(properties::Args),
    Planted(planted::Args),
    PlantedPage(planted_page::Args),
    Reproducible(reproducible::Args),
    Fuzz(fuzz::Args),
    Supply(supply::Args),
    Monkey(Monkey),
    Lasting(lasting::Args),
    Crowd(crowd::Args),
    Firefox(firefox::Args),
    Faults(Faults),
    Report(report::Args),
}

/// Use the page at random, in a headless browser: every control, the editor, gestures on the chart, broken links, reloads
///
/// After each action: no error in the console, no fault, chart and table and figures say the same, what was typed is kept,
/// and after all the document has not grown.
#[derive(clap::Args)]
struct Monkey {
    /// Where the random actions begin; the same seed gives the same ones
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many; each thousand in a browser of its own, with the next seed
    #[arg(long, default_value_t = 1000)]
    actions: u64,
    #[command(flatten)]
    page: Page,
}

/// Every file of the page in turn late, missing, broken, cut, of the wrong type, or another page; a browser that lacks
/// something; a disk without room; programs that try to get out
#[derive(clap::Args)]
struct Faults {
    #[command(flatten)]
    page: Page,
}

/// Does one part.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    match &args.part {
        Part::Properties(args) => properties::main(shell, args),
        Part::Planted(args) => planted::main(shell, args),
        Part::PlantedPage(args) => planted_page::main(shell, args),
        Part::Reproducible(args) => reproducible::main(shell, args),
        Part::Fuzz(args) => fuzz::main(shell, args),
        Part::Supply(args) => supply::main(shell, args),
        Part::Report(args) => report::main(shell, args),
        Part::Monkey(args) => {
            let numbers = [args.seed.to_string(), args.actions.to_string()];
            let figures = args.page.measured(shell, "monkey", &numbers)?;
            let command = format!("monkey --seed {} --actions {}", args.seed, args.actions);
            report::keep(shell, "monkey", &command, &figures)
        }
        Part::Lasting(args) => lasting::main(shell, args),
        Part::Crowd(args) => crowd::main(shell, args),
        Part::Firefox(args) => firefox::main(shell, args),
        Part::Faults(args) => {
            measure::tests(
                shell,
                &args.page,
                &["faults", "security", "framed", "program", "tabs", "offline"],
            )?;
            let figures = vec!["all cases passed".to_owned()];
            report::keep(shell, "faults", "faults", &figures)
        }
    }
}
