//! `cargo xtask build`: the page as it is published.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::npm;
use crate::report::say;
use crate::shell::{self, Shell};
use crate::size::Weight;
use crate::tools::{self, Tool, WASM};
use crate::wasm_opt;

/// Build the page into dist/ for release, and report what it weighs.
///
/// Sets up, where missing: Rust's wasm32-unknown-unknown target (rustup), trunk and wasm-bindgen-cli
/// (cargo install; minutes, the first time only), and from npm wasm-opt (binaryen), Pyodide and the editor's parts, which
/// are left out where there is no npm. The result is plain files that any web server can serve from any path.
#[derive(clap::Args)]
pub struct Args {}

/// Builds the page and reports its weight.
pub fn main(shell: &Shell, _: &Args) -> Result<()> {
    let optimize = set_up(shell)?;
    page(shell, optimize)?;
    Weight::of(&dist(shell))?.report();
    Ok(())
}

/// Sets up what a build needs; says whether wasm-opt is there.
pub fn set_up(shell: &Shell) -> Result<bool> {
    tools::ensure_wasm_target(shell)?;
    tools::ensure_sources(shell)?;
    tools::ensure(shell, &[Tool::trunk(), Tool::wasm_bindgen(shell)?])?;
    npm::prepare(shell);
    Ok(wasm_opt::ensure(shell))
}

/// Builds the page into [`dist`].
pub fn page(shell: &Shell, optimize: bool) -> Result<()> {
    let mut command = trunk(shell, "build");
    without_paths(shell, &mut command);
    if optimize {
        command.arg("--release");
    } else {
        // Compiled as for release, but Trunk does not ask for wasm-opt.
        command.args(["--cargo-profile", "release"]);
    }
    if !dist(shell).is_dir() {
        say("Compiling the page: about 6 minutes on two cores the first time, less after that …");
    }
    shell::run(&mut command)?;
    say(format_args!("The page is in {}", dist(shell).display()));
    Ok(())
}

/// Has the compiler leave the folders of this machine out of what it writes: the same sources make the same bytes, and
/// nothing tells who built them where.
pub fn without_paths(shell: &Shell, command: &mut Command) {
    let name = format!("CARGO_TARGET_{}_RUSTFLAGS", WASM.replace('-', "_").to_uppercase());
    let given = std::env::var(&name).unwrap_or_default();
    let registry = shell.cargo_home().join("registry/src");
    // A folder with a space in its name cannot stand there: then it stays in what is written.
    let flags = [(registry.as_path(), "/cargo"), (shell.root(), "/coroscope")]
        .into_iter()
        .filter(|(folder, _)| !folder.to_string_lossy().contains(char::is_whitespace))
        .map(|(folder, name)| format!(" --remap-path-prefix={}={name}", folder.display()));
    command.env(name, given + &flags.collect::<String>());
}

/// Builds the page and fails if it is over its budget.
pub fn page_within_budget(shell: &Shell, optimize: bool) -> Result<()> {
    page(shell, optimize)?;
    let weight = Weight::of(&dist(shell))?;
    weight.report();
    if !weight.fits() {
        bail!("the page is over its budget");
    }
    Ok(())
}

/// Where the built page is.
pub fn dist(shell: &Shell) -> PathBuf {
    shell.root().join("dist")
}

/// Trunk with the tools that were set up: it is not to fetch others.
pub fn trunk(shell: &Shell, subcommand: &str) -> Command {
    let mut command = shell.command("trunk");
    command.args([subcommand, "--offline"]);
    // Trunk takes `true` and `false` only, and NO_COLOR is usually 1.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}
