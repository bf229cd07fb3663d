//! axe, which finds on a page what is in the way of those who do not see it or do not point at it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::install;
use crate::shell::Shell;

/// The npm package.
const PACKAGE: &str = "axe-core@4.14.1";

/// Finds its program, or installs it from npm into cargo's own folder.
pub fn ensure(shell: &Shell) -> Result<PathBuf> {
    let prefix = shell.cargo_home().join("coroscope").join(PACKAGE.replace('@', "-"));
    let program = prefix.join("node_modules/axe-core/axe.min.js");
    if program.is_file() {
        return Ok(program);
    }
    if shell.find("npm").is_none() {
        bail!("axe comes from npm, which is not there: install Node.js");
    }
    fs::create_dir_all(&prefix)?;
    let mut command = shell.command("npm");
    command.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&prefix).arg(PACKAGE);
    install::run("axe (npm's axe-core)", "seconds", &mut command)?;
    if !program.is_file() {
        bail!("{PACKAGE} was installed but is not in {}", program.display());
    }
    Ok(program)
}
