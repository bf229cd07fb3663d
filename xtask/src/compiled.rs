//! Python that is compiled before it is run: Pyodide brings its library as text, and ours is text, too.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::npm;
use crate::shell::{self, Shell};

/// Pyodide's library, with what is loaded at its start compiled beside it.
pub const LIBRARY: &str = "python_stdlib.zip";

/// Our modules, compiled.
pub const OWN: &str = "compiled.json";

/// Where the Python modules of the engine are, in the repository: its own, the recorder, and the virtual world of the
/// oracle.
const MODULES: &str = include_str!("../../engine/folders.txt");

/// What else decides what comes of compiling, in the repository.
const BY: [&str; 4] = [
    "engine/compile.mjs",
    "engine/interpreter.mjs",
    "engine/modules.mjs",
    "engine/npm/package-lock.json",
];

/// The folders with the Python modules of the engine.
pub fn modules(shell: &Shell) -> Vec<PathBuf> {
    MODULES.lines().map(|folder| shell.root().join(folder)).collect()
}

/// Compiles both in the very interpreter that will run them, unless that was done with the same texts; gives the folder
/// in which they lie.
///
/// # Errors
/// That there is no npm or no Node.js, or what that said.
pub fn ensure(shell: &Shell) -> Result<PathBuf> {
    let pyodide = npm::ensure(shell)?.join("pyodide");
    let all = shell.root().join("target/compiled");
    let folder = all.join(format!("{:016x}", texts(shell)?));
    if folder.is_dir() {
        return Ok(folder);
    }
    // What was made of other texts is of no use any more.
    let _ = fs::remove_dir_all(&all);
    let begun = shell.root().join(format!("target/compiled-{}", std::process::id()));
    fs::create_dir_all(&begun)?;
    let mut command = shell.command("node");
    command.arg(shell.root().join("engine/compile.mjs")).arg(pyodide).arg(&begun);
    shell::run(command.args(modules(shell)))?;
    fs::create_dir_all(&all)?;
    // Whole or not at all; another process may have made the same.
    if let Err(error) = fs::rename(&begun, &folder) {
        fs::remove_dir_all(&begun)?;
        folder.is_dir().then_some(()).context(error)?;
    }
    Ok(folder)
}

/// A number for the texts of which it is made.
fn texts(shell: &Shell) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    let mut add = |path: &Path| -> Result<()> {
        path.file_name().hash(&mut hasher);
        fs::read(path).with_context(|| path.display().to_string())?.hash(&mut hasher);
        Ok(())
    };
    BY.iter().try_for_each(|file| add(&shell.root().join(file)))?;
    for folder in modules(shell) {
        shell::files(&folder, &["py"])?.iter().try_for_each(|path| add(path))?;
    }
    Ok(hasher.finish())
}
