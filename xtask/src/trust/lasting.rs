//! `cargo xtask trust lasting`: that much use leaves nothing behind, and that time is kept.

use anyhow::Result;
use clap::ValueEnum;

use super::{report, timers};
use crate::browser;
use crate::measure::{self, Page};
use crate::report::say;
use crate::shell::Shell;

/// Thousands of runs, a day of live ones, and live ones on machines that are late, in a headless browser
///
/// Runs and the day: what is held early is compared with what is held at the end. Time: live runs are compared with their
/// predictions, at ×1, on a slow machine, one that sleeps, in a page that is frozen or behind another, with many timers. A
/// live run may be late, must say so, and must happen as predicted.
#[derive(clap::Args)]
pub struct Args {
    /// Only this part, or these; all where none is named
    #[arg(long, value_enum)]
    only: Vec<Part>,
    /// How many runs, of each of two examples
    #[arg(long, default_value_t = 10_000)]
    runs: u64,
    /// How many live runs at ×10 after those
    #[arg(long, default_value_t = 40)]
    plays: u64,
    /// How many hours pass by the page's clock, with one live run at ×10 after the other
    #[arg(long, default_value_t = 24)]
    hours: u64,
    /// How many times faster the page's clock goes meanwhile: clock, timers and frames
    #[arg(long, default_value_t = 100)]
    faster: u64,
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

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Thousands of runs.
    Runs,
    /// A day of live runs.
    Day,
    /// Live runs in time, and late.
    Time,
}

impl Part {
    const ALL: [Part; 3] = [Part::Runs, Part::Day, Part::Time];

    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The options that it has a use for, as they are typed.
    fn options(self, args: &Args) -> Vec<(&'static str, u64)> {
        match self {
            Part::Runs => vec![("runs", args.runs), ("plays", args.plays)],
            Part::Day => vec![("hours", args.hours), ("faster", args.faster)],
            Part::Time => vec![
                ("throttle", args.throttle.into()),
                ("asleep", args.asleep.into()),
                ("away", args.away.into()),
                ("timers", args.timers.into()),
                ("seed", args.seed),
            ],
        }
    }
}

/// Does so, and keeps the figures.
///
/// # Errors
/// What has grown, or has not happened as predicted.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let browser = browser::ensure(shell)?;
    let site = args.page.site(shell)?;
    for part in
        Part::ALL.into_iter().filter(|part| args.only.is_empty() || args.only.contains(part))
    {
        let mut figures = Vec::new();
        if part == Part::Time {
            figures.push(timers::live(args.timers as usize, args.seed)?);
            figures.iter().for_each(say);
        }
        let (name, options) = (part.name(), part.options(args));
        let mut arguments = vec![name.clone()];
        arguments.extend(options.iter().map(|(_, number)| number.to_string()));
        figures.extend(measure::measured_at(shell, &browser, &site, "lasting", &arguments)?);
        let options: String =
            options.iter().map(|(option, number)| format!(" --{option} {number}")).collect();
        let command = format!("lasting --only {name}{options}");
        report::keep(shell, &format!("lasting-{name}"), &command, &figures)?;
    }
    Ok(())
}
