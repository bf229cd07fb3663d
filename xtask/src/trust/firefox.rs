//! The page in Firefox, which is steered by the protocol that all browsers have (WebDriver BiDi), through npm's Puppeteer.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::report;
use crate::install;
use crate::measure::{self, Page};
use crate::report::say;
use crate::shell::Shell;

/// The npm package, without a browser of its own.
const PACKAGE: &str = "puppeteer-core@25.16.0";

/// Names that Firefox goes by.
const NAMES: [&str; 2] = ["firefox-esr", "firefox"];

/// Use the page in Firefox: every example and its parameters, a program with threads, then random actions
///
/// Needs Firefox (FIREFOX, or on the PATH; Debian: firefox-esr) and Node.js; where one of them is missing that is said, and
/// nothing else is done.
#[derive(clap::Args)]
pub struct Args {
    /// Where the random actions begin; the same seed gives the same ones
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many
    #[arg(long, default_value_t = 1000)]
    actions: u64,
    #[command(flatten)]
    page: Page,
}

/// Does so, where there is a Firefox.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let named = std::env::var_os("FIREFOX").map(PathBuf::from).filter(|path| path.is_file());
    let Some(firefox) = named.or_else(|| NAMES.iter().find_map(|name| shell.find(name))) else {
        say(
            "Skipped: there is no Firefox (Debian: `sudo apt-get install firefox-esr`), or name one with FIREFOX.",
        );
        return Ok(());
    };
    let Some(puppeteer) = puppeteer(shell)? else {
        say(
            "Skipped: Firefox is steered by npm's puppeteer-core, and there is no Node.js with npm.",
        );
        return Ok(());
    };
    let site = args.page.site(shell)?;
    fs::create_dir_all(shell.root().join("target/e2e"))?;
    let mut command = shell.command("node");
    command.arg("e2e/src/firefox.mjs").arg(puppeteer).arg(firefox);
    command.arg(format!("http://{}/", site.address));
    command.args([args.seed.to_string(), args.actions.to_string()]);
    let figures = measure::lines(&mut command)?;
    let line = format!("firefox --seed {} --actions {}", args.seed, args.actions);
    report::keep(shell, "firefox", &line, &figures)
}

/// Finds Puppeteer, or installs it from npm into cargo's own folder; none where there is no npm.
fn puppeteer(shell: &Shell) -> Result<Option<PathBuf>> {
    let prefix = shell.cargo_home().join("coroscope").join(PACKAGE.replace('@', "-"));
    let module = prefix.join("node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js");
    if !module.is_file() {
        if shell.find("npm").is_none() || shell.find("node").is_none() {
            return Ok(None);
        }
        fs::create_dir_all(&prefix)?;
        let mut command = shell.command("npm");
        command.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
        command.arg(&prefix).arg(PACKAGE);
        install::run("Puppeteer (npm's puppeteer-core)", "seconds", &mut command)?;
        if !module.is_file() {
            bail!("{PACKAGE} was installed but is not in {}", module.display());
        }
    }
    Ok(Some(module))
}
