//! The tools from crates.io, the wasm target and cargo's own components: found, or installed.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::program::{self, Version};
use crate::report::say;
use crate::shell::{self, Shell};
use crate::{install, lockfile};

/// The target that the page is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A program that `cargo install` can build.
pub struct Tool {
    /// The package, as crates.io has it.
    package: &'static str,
    /// The programs it brings; all must be there.
    programs: &'static [&'static str],
    /// The version to install.
    version: String,
    /// Whether a version that was found will do.
    suits: fn(found: Version, wanted: Version) -> bool,
    /// Those of its crates in which it spends its time, with how much each is optimized.
    hot: &'static [(&'static str, u8)],
    /// How long it takes to build on two cores.
    about: &'static str,
}

impl Tool {
    /// Trunk, which builds the page.
    pub fn trunk() -> Self {
        Self {
            package: "trunk",
            programs: &["trunk"],
            version: "0.21.14".to_owned(),
            suits: same_series,
            hot: &[("seahash", 3), ("sha2", 3)],
            about: "about 4 minutes",
        }
    }

    /// The programs that give wasm its JavaScript side; of the very version that the page links.
    pub fn wasm_bindgen(shell: &Shell) -> Result<Self> {
        Ok(Self {
            package: "wasm-bindgen-cli",
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            version: lockfile::version(shell.root(), "wasm-bindgen")?,
            suits: |found, wanted| found == wanted,
            hot: &[("walrus", 1), ("wasm-encoder", 1), ("wasmparser", 1)],
            about: "about 2 minutes",
        })
    }

    /// wasm-pack, which runs the tests of the page's code in a browser.
    pub fn wasm_pack() -> Self {
        Self {
            package: "wasm-pack",
            programs: &["wasm-pack"],
            version: "0.15.1".to_owned(),
            suits: |found, _| found >= (0, 13, 0),
            hot: &[],
            about: "about 2 minutes",
        }
    }

    /// Whether every program of the tool is there in a version that will do.
    fn is_there(&self, shell: &Shell) -> bool {
        let Some(wanted) = program::parse(&self.version) else {
            return false;
        };
        self.programs.iter().all(|program| {
            program::version(shell, program).is_some_and(|found| (self.suits)(found, wanted))
        })
    }

    /// Gets the tool as its makers have built it, where cargo-binstall is there to do that; says whether that went well.
    fn fetch(&self, shell: &Shell) -> bool {
        if shell.find("cargo-binstall").is_none() {
            return false;
        }
        let mut command = shell.command("cargo");
        command
            .args(["binstall", "--no-confirm", "--force", "--disable-strategies", "compile"])
            .arg("--root")
            .arg(shell.cargo_home())
            .arg(format!("{}@{}", self.package, self.version));
        let what = format!("{} {}, already built", self.package, self.version);
        match install::run(&what, "seconds", &mut command) {
            Ok(()) => self.is_there(shell),
            Err(error) => {
                say(format_args!("{error:#}\nIt is compiled instead."));
                false
            }
        }
    }

    /// Builds the tool into cargo's own `bin`.
    fn install(&self, shell: &Shell) -> Result<()> {
        if self.fetch(shell) {
            return Ok(());
        }
        // What is in the way is of the wrong version, whoever put it there: hence `--force`.
        let mut command = shell.command("cargo");
        command
            .args(["install", "--locked", "--force", "--root"])
            .arg(shell.cargo_home())
            .args(["--version", &self.version, self.package])
            // One folder for all of them, so that what they have in common is compiled once.
            .env("CARGO_TARGET_DIR", build_folder(shell))
            // Optimizing takes half of the time, for tools that are run for seconds: only what they are slow without.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env_remove("CARGO_BUILD_TARGET");
        for (name, level) in self.hot {
            let option = format!("profile.release.package.{name}.opt-level={level}");
            command.arg("--config").arg(option);
        }
        let what = format!("{} {}", self.package, self.version);
        install::run(&what, self.about, &mut command)
    }
}

/// Whether `found` has the major and minor number of `wanted` and is not older.
fn same_series(found: Version, wanted: Version) -> bool {
    (found.0, found.1) == (wanted.0, wanted.1) && found >= wanted
}

/// Where tools are compiled: beside the tools, not in `target/`, and gone when they are there.
fn build_folder(shell: &Shell) -> PathBuf {
    shell.cargo_home().join("coroscope-setup")
}

/// Installs those of `tools` that are missing.
pub fn ensure(shell: &Shell, tools: &[Tool]) -> Result<()> {
    let missing: Vec<_> = tools.iter().filter(|tool| !tool.is_there(shell)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing
        .iter()
        .map(|tool| format!("{} {} ({})", tool.package, tool.version, tool.about))
        .collect();
    say(format_args!(
        "Missing, to be built once into {}: {}",
        shell.cargo_home().join("bin").display(),
        names.join(", ")
    ));
    for tool in missing {
        tool.install(shell)?;
        if !tool.is_there(shell) {
            bail!(
                "{} was installed but does not run from {}",
                tool.package,
                shell.cargo_home().join("bin").display()
            );
        }
    }
    // Only kept to be shared; a leftover costs space, nothing else.
    let _ = fs::remove_dir_all(build_folder(shell));
    Ok(())
}

/// Whether the toolchain has the standard library of a target.
pub fn has_target(shell: &Shell, target: &str) -> bool {
    let library = shell.output("rustc", ["--print", "target-libdir", "--target", target]);
    library.is_some_and(|library| PathBuf::from(library.trim()).is_dir())
}

/// Adds the wasm target to the toolchain if it lacks it.
pub fn ensure_wasm_target(shell: &Shell) -> Result<()> {
    shell.output("rustc", ["--version"]).context("rustc cannot be run")?;
    if has_target(shell, WASM) {
        return Ok(());
    }
    if shell.find("rustup").is_none() {
        bail!(
            "Rust's standard library for {WASM} is missing, and there is no rustup to add it. \
             Install Rust with rustup (https://rustup.rs), or add that target with what you \
             installed Rust with."
        );
    }
    let mut command = shell.command("rustup");
    command.args(["target", "add", WASM]);
    install::run(&format!("Rust's {WASM} target"), "seconds", &mut command)
}

/// Downloads the sources of the page's dependencies: Trunk, told not to fetch tools, fetches none.
pub fn ensure_sources(shell: &Shell) -> Result<()> {
    let host = shell.output("rustc", ["--print", "host-tuple"]).context("rustc cannot be run")?;
    let mut command = shell.command("cargo");
    command.args(["fetch", "--quiet", "--target", WASM, "--target", host.trim()]);
    shell::run(&mut command)
}

/// Adds rustfmt and clippy to the toolchain if it lacks them.
pub fn ensure_components(shell: &Shell) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if shell.output("cargo", [subcommand, "--version"]).is_some() {
            continue;
        }
        if shell.find("rustup").is_none() {
            bail!("`cargo {subcommand}` is missing, and there is no rustup to add {component}.");
        }
        let mut command = shell.command("rustup");
        command.args(["component", "add", component]);
        install::run(component, "seconds", &mut command)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunk_may_be_newer_in_its_series_only() {
        let wanted = (0, 21, 14);
        assert!(same_series((0, 21, 14), wanted));
        assert!(same_series((0, 21, 20), wanted));
        assert!(!same_series((0, 21, 3), wanted));
        assert!(!same_series((0, 22, 0), wanted));
    }

    #[cfg(unix)]
    #[test]
    fn a_tool_of_another_version_is_not_there() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().expect("a folder");
        fs::create_dir(home.path().join("bin")).expect("bin");
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.126\"\n";
        fs::write(home.path().join("Cargo.lock"), lock).expect("the lock file");
        let shell = Shell::with(
            home.path().to_owned(),
            home.path().to_owned(),
            std::env::var_os("PATH").unwrap_or_default(),
        )
        .expect("a shell");
        let put = |program: &str, version: &str| {
            let path = home.path().join("bin").join(program);
            fs::write(&path, format!("#!/bin/sh\necho {program} {version}\n")).expect("written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("mode");
        };
        let tool = Tool::wasm_bindgen(&shell).expect("it is locked");
        assert_eq!(tool.version, "0.2.126");
        put("wasm-bindgen", "0.2.126");
        put("wasm-bindgen-test-runner", "0.2.100");
        assert!(!tool.is_there(&shell), "one of the two is old");
        put("wasm-bindgen-test-runner", "0.2.126");
        assert!(tool.is_there(&shell));
    }
}
