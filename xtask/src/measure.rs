//! Programs of `e2e` that measure the built page in a headless browser.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::browser::{self, Browser};
use crate::build;
use crate::report::say;
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

/// Runs a command whose output is passed through, too; gives the lines of it.
///
/// # Errors
/// That it failed.
pub fn lines(command: &mut Command) -> Result<Vec<String>> {
    let line = shell::line(command);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().context("no output")?;
    let mut lines = Vec::new();
    for line in BufReader::new(output).lines() {
        lines.push(line?);
        lines.last().into_iter().for_each(say);
    }
    ensure!(child.wait()?.success(), "`{line}` failed");
    Ok(lines)
}

/// Runs a program of `e2e` on a page that is served; gives the lines that it printed, which are figures.
pub fn measured_at(
    shell: &Shell,
    browser: &Browser,
    site: &Site,
    program: &str,
    arguments: &[String],
) -> Result<Vec<String>> {
    let mut command = shell.command("cargo");
    command.args(["run", "--quiet", "--package", "e2e", "--bin", program, "--"]);
    command.args(arguments);
    lines(browser.visiting(&mut command, site))
}

impl Page {
    /// The page that is in dist/ already.
    pub fn built() -> Self {
        Self { no_build: true }
    }

    /// Sets up the browser, builds the page for release, serves it, and runs a program of `e2e` on it.
    pub fn measure(&self, shell: &Shell, program: &str, arguments: &[String]) -> Result<()> {
        self.visit(shell, |command| {
            command.args(["run", "--quiet", "--package", "e2e", "--bin", program, "--"]);
            command.args(arguments);
        })
    }

    /// The same; gives the lines that it printed, which are figures.
    pub fn measured(
        &self,
        shell: &Shell,
        program: &str,
        arguments: &[String],
    ) -> Result<Vec<String>> {
        let browser = browser::ensure(shell)?;
        measured_at(shell, &browser, &self.site(shell)?, program, arguments)
    }

    /// Builds the page for release, unless what is there is to be used; gives its folder.
    pub fn folder(&self, shell: &Shell) -> Result<PathBuf> {
        if !self.no_build {
            let optimize = build::set_up(shell)?;
            build::page(shell, optimize)?;
        }
        Ok(build::dist(shell))
    }

    /// The same, and serves it.
    pub fn site(&self, shell: &Shell) -> Result<Site> {
        Site::local(self.folder(shell)?)
    }

    /// Sets up the browser, builds the page for release, serves it, and runs a command of cargo on it.
    fn visit(&self, shell: &Shell, arguments: impl FnOnce(&mut Command)) -> Result<()> {
        let browser = browser::ensure(shell)?;
        let site = self.site(shell)?;
        let mut command = shell.command("cargo");
        arguments(&mut command);
        shell::run(browser.visiting(&mut command, &site))
    }
}
