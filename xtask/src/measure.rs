//! Programs of `e2e` that measure the built page in a headless browser.

use std::process::Command;

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

/// Runs files of tests of `e2e` on the page, with all of their cases.
pub fn tests(shell: &Shell, page: &Page, files: &[&str]) -> Result<()> {
    page.visit(shell, |command| {
        command.args(["test", "--package", "e2e"]).env("COROSCOPE_THOROUGH", "1");
        files.iter().for_each(|file| _ = command.args(["--test", file]));
        command.args(["--", "--nocapture", "--test-threads=1"]);
    })
}

impl Page {
    /// Sets up the browser, builds the page for release, serves it, and runs a program of `e2e` on it.
    pub fn measure(&self, shell: &Shell, program: &str, arguments: &[String]) -> Result<()> {
        self.visit(shell, |command| {
            command.args(["run", "--quiet", "--package", "e2e", "--bin", program, "--"]);
            command.args(arguments);
        })
    }

    /// Sets up the browser, builds the page for release, serves it, and runs a command of cargo on it.
    fn visit(&self, shell: &Shell, arguments: impl FnOnce(&mut Command)) -> Result<()> {
        let browser = browser::ensure(shell)?;
        if !self.no_build {
            let optimize = build::set_up(shell)?;
            build::page(shell, optimize)?;
        }
        let site = Site::local(build::dist(shell))?;
        let mut command = shell.command("cargo");
        arguments(&mut command);
        shell::run(browser.visiting(&mut command, &site))
    }
}
