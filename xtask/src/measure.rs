//! Programs of `e2e` that measure the built page in a headless browser.

use anyhow::Result;

use crate::browser;
use crate::build;
use crate::shell::{self, Shell};
use crate::site::Site;

/// The page that is measured.
#[derive(clap::Args)]
pub struct Page {
    /// Measure the page that is in dist/ already
    #[arg(long)]
    no_build: bool,
}

impl Page {
    /// Sets up the browser, builds the page for release, serves it, and runs a program of `e2e` on it.
    pub fn measure(&self, shell: &Shell, program: &str, arguments: &[String]) -> Result<()> {
        let browser = browser::ensure(shell)?;
        if !self.no_build {
            let optimize = build::set_up(shell)?;
            build::page(shell, optimize)?;
        }
        let site = Site::local(build::dist(shell))?;
        let mut command = shell.command("cargo");
        command.args(["run", "--quiet", "--package", "e2e", "--bin", program, "--"]);
        shell::run(browser.visiting(command.args(arguments), &site))
    }
}
