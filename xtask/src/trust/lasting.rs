//! `cargo xtask trust lasting`: that much use leaves nothing behind, and that time is kept.

use anyhow::Result;

use super::{report, timers};
use crate::measure::Page;
use crate::report::say;
use crate::shell::Shell;

/// Thousands of runs and many live ones, in a headless browser: memory stays as it is, and time is kept
///
/// Compares what is held after half of them with what is held after all; and live runs with their predictions: at ×1, on a
/// slow machine, one that sleeps, in a page that is frozen or behind another, with many timers. A live run may be late, must
/// say so, and must happen as predicted.
#[derive(clap::Args)]
pub struct Args {
    /// How many runs, of each of two examples
    #[arg(long, default_value_t = 10_000)]
    runs: u64,
    /// How many live runs at ×10
    #[arg(long, default_value_t = 40)]
    plays: u64,
    /// How many times slower the processor is made
    #[arg(long, default_value_t = 50)]
    throttle: u32,
    /// For how many seconds the machine is asleep in the middle of a run
    #[arg(long, default_value_t = 3600)]
    asleep: u32,
    /// For how many milliseconds the page is frozen or hidden in the middle of a run
    #[arg(long, default_value_t = 1500)]
    away: u32,
    /// How many timers there are at once, on the machine's own clock
    #[arg(long, default_value_t = 10_000)]
    timers: u32,
    /// What they are set for; the same seed gives the same moments
    #[arg(long, default_value_t = 0)]
    seed: u64,
    #[command(flatten)]
    page: Page,
}

/// Does so, and keeps the figures.
///
/// # Errors
/// What has grown, or has not happened as predicted.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let Args { runs, plays, throttle, asleep, away, timers, seed, page } = args;
    let first = timers::live(*timers as usize, *seed)?;
    say(&first);
    let numbers = [*runs, *plays, u64::from(*throttle), u64::from(*asleep), u64::from(*away)];
    let figures = page.measured(shell, "lasting", &numbers.map(|number| number.to_string()))?;
    let command = format!(
        "lasting --runs {runs} --plays {plays} --throttle {throttle} --asleep {asleep} --away {away} --timers {timers} --seed {seed}"
    );
    report::keep(shell, "lasting", &command, &[vec![first], figures].concat())
}
