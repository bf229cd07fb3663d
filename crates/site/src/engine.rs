//! What is fetched for the reader's own program: CPython, the modules that run it, and the editor.

use crate::Result;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Its folder, beside the page.
const FOLDER: &str = "engine";

/// Where in the repository its Python modules are: its own, the recorder, the virtual world of the oracle.
const MODULES: &str = include_str!("../../../engine/folders.txt");

/// What of it is copied as it is.
const FILES: [&str; 4] =
    ["engine/page.mjs", "engine/interpreter.mjs", "engine/program.css", "recorder/coroscope.py"];

/// Writes it into `staging`; says whether what comes from npm is among it, which `cargo xtask` prepares in
/// `target/engine`.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(source: &Path, staging: &Path) -> Result<bool> {
    let target = staging.join(FOLDER);
    fs::create_dir_all(&target)?;
    for file in FILES {
        let from = source.join(file);
        fs::copy(&from, target.join(from.file_name().unwrap_or_default()))
            .map_err(|error| format!("{file}: {error}"))?;
    }
    let parts = source.join("target/engine");
    if !parts.join("editor.mjs").is_file() || !parts.join("compiled.json").is_file() {
        return Ok(false);
    }
    let mut total = copy(&parts, &target)?;
    let mut modules = BTreeMap::new();
    for folder in MODULES.lines() {
        for entry in fs::read_dir(source.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "py") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                modules.insert(name, fs::read_to_string(&path)?);
            }
        }
    }
    // What the worker fetches of it, so that it can tell how far it is; the editor is fetched by the page.
    for own in ["editor.mjs", "pyodide/pyodide.mjs", "pyodide/pyodide.asm.js"] {
        total -= fs::metadata(parts.join(own)).map_or(0, |data| data.len());
    }
    let description = serde_json::json!({ "total": total, "modules": modules });
    fs::write(target.join("modules.json"), description.to_string())?;
    Ok(true)
}

/// Copies a folder, and says how many bytes it has.
fn copy(from: &Path, to: &Path) -> Result<u64> {
    fs::create_dir_all(to)?;
    let mut total = 0;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        total += match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &target)?,
            false => fs::copy(entry.path(), target)?,
        };
    }
    Ok(total)
}
