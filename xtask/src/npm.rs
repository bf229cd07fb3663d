//! What the page has from npm for the reader's own program: Pyodide, and the parts of an editor.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::compiled;
use crate::install;
use crate::report::say;
use crate::shell::{self, Shell};

/// The folder of the package that names them and of the lock file, which has what each must hash to.
const PACKAGE: &str = "engine/npm";

/// What the page needs of Pyodide: the interpreter and the standard library.
const PYODIDE: [&str; 4] =
    ["pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "pyodide-lock.json"];

/// The editor, in this repository and as the page has it.
const EDITOR: &str = "engine/editor.mjs";

/// Finds or installs the packages, at the versions of the lock file, into cargo's own folder; gives `node_modules`.
///
/// # Errors
/// That there is no npm, or what it said.
pub fn ensure(shell: &Shell) -> Result<PathBuf> {
    let package = shell.root().join(PACKAGE);
    let lock =
        fs::read(package.join("package-lock.json")).context("engine/npm has no lock file")?;
    let mut hasher = DefaultHasher::new();
    lock.hash(&mut hasher);
    let folder = shell.cargo_home().join(format!("coroscope/engine-{:016x}", hasher.finish()));
    let modules = folder.join("node_modules");
    // Written last by npm, when all else is there.
    let is_there = || modules.join(".package-lock.json").is_file();
    if is_there() {
        return Ok(modules);
    }
    if shell.find("npm").is_none() || shell.find("node").is_none() {
        bail!("Pyodide comes from npm, which is not there: install Node.js");
    }
    fs::create_dir_all(&folder)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(package.join(name), folder.join(name))?;
    }
    let mut command = shell.command("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder);
    install::run("Pyodide and the editor (from npm)", "seconds", &mut command)?;
    if !is_there() {
        bail!("npm has installed nothing in {}", modules.display());
    }
    Ok(modules)
}

/// Where the parts of the page lie that come from npm, until the page is built: `crates/site` puts them beside it.
fn parts(shell: &Shell) -> PathBuf {
    shell.root().join("target/engine")
}

/// Prepares what the page has from npm. Where there is no npm it is built without, which is told and no error.
pub fn prepare(shell: &Shell) {
    if let Err(error) = try_prepare(shell) {
        // Whatever was there from an earlier time is not what this page needs.
        let _ = fs::remove_dir_all(parts(shell));
        say(format_args!(
            "{error:#}\nThe page is built without CPython and the editor for the reader's own program, and says so there."
        ));
    }
}

fn try_prepare(shell: &Shell) -> Result<()> {
    let modules = ensure(shell)?;
    let compiled = compiled::ensure(shell)?;
    let parts = parts(shell);
    fs::create_dir_all(parts.join("pyodide"))?;
    for name in PYODIDE {
        copy(&modules.join("pyodide").join(name), &parts.join("pyodide").join(name))?;
    }
    fs::copy(compiled.join(compiled::LIBRARY), parts.join("pyodide").join(compiled::LIBRARY))?;
    fs::copy(compiled.join(compiled::OWN), parts.join(compiled::OWN))?;
    let mut command = shell.command("node");
    command
        .arg(modules.join("esbuild/bin/esbuild"))
        .arg(shell.root().join(EDITOR))
        .args([
            "--bundle",
            "--format=esm",
            "--minify",
            "--legal-comments=linked",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", parts.join("editor.mjs").display()))
        // The packages are not beside what is bundled.
        .env("NODE_PATH", &modules);
    shell::run(&mut command)
}

/// Copies a file, unless it is there.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let length = |path: &Path| fs::metadata(path).map(|data| data.len()).ok();
    if length(to).is_some() && length(from) == length(to) {
        return Ok(());
    }
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}
