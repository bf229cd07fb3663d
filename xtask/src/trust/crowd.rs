//! `cargo xtask trust crowd`: thousands of timers at one moment, live in the page.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::{copies, report};
use crate::browser;
use crate::build;
use crate::measure;
use crate::report::say;
use crate::shell::Shell;
use crate::site::Site;

/// Ten thousand timers at one moment, in a live run of the page in a headless browser, which may be late and not wrong
///
/// No reader may ask an example for so many. So the page is built from a copy in which one may, which takes as long as any
/// first build.
#[derive(clap::Args)]
pub struct Args {
    /// How many there are
    #[arg(long, default_value_t = 10_000)]
    timers: u32,
    /// How many times slower the processor is made, after a run on the machine as it is
    #[arg(long, default_value_t = 4)]
    throttle: u32,
    /// Measure the page that was built for this already
    #[arg(long)]
    no_build: bool,
}

/// Where an example says how many there may be.
const FILE: &str = "crates/examples/src/thousand_waiters/mod.rs";
const MOST: &str = "Param::count(\"WAITS\", 40, 1, 1000)";

/// Builds that page, plays it, and keeps the figures.
///
/// # Errors
/// That it has not happened as predicted.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let browser = browser::ensure(shell)?;
    let folder = shell.root().join("target/trust/crowd");
    let there = shell.at(folder.clone());
    if !args.no_build {
        copies::copy(shell, &folder, "target")?;
        let path = folder.join(FILE);
        let text = fs::read_to_string(&path).with_context(|| FILE)?;
        fs::write(&path, with_most(&text, args.timers)?)?;
        say(format_args!("Building in {}", folder.display()));
        let optimize = build::set_up(&there)?;
        build::page(&there, optimize)?;
    }
    let site = Site::local(build::dist(&there))?;
    let numbers = [args.timers.to_string(), args.throttle.to_string()];
    let arguments = [&["crowd".to_owned()][..], &numbers].concat();
    let figures = measure::measured_at(shell, &browser, &site, "lasting", &arguments)?;
    let command = format!("crowd --timers {} --throttle {}", args.timers, args.throttle);
    report::keep(shell, "crowd", &command, &figures)
}

/// The example's text, where so many may be asked for.
fn with_most(text: &str, most: u32) -> Result<String> {
    ensure!(text.contains(MOST), "{FILE} has no `{MOST}`");
    Ok(text.replacen(MOST, &MOST.replace("1000", &most.to_string()), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_example_can_be_asked_for_more() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(FILE);
        let text = fs::read_to_string(path).expect("the example");
        let more = with_most(&text, 10_000).expect("it has a place for it");
        assert!(more.contains("1, 10000)"), "{more}");
        assert!(with_most(&more, 5).is_err(), "it was changed already");
    }
}
