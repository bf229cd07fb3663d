//! What keeps the page for when there is no network: a service worker that knows its files and their version, and what
//! makes the page installable.

use crate::Result;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// The worker's file, in the repository and beside the page; its scope is the page's folder.
const WORKER: &str = "offline.js";

/// Where in it the version comes.
const VERSION: &str = "coroscope-version";

/// Where in it the list of files comes.
const FILES: &str = "[\"coroscope-files\"]";

/// What is not fetched beforehand but kept when it was asked for: many MB.
const LATER: &str = "engine/";

/// Where in `index.html` it says that the page can be kept.
pub const OFFLINE: &str = "<!-- coroscope: offline -->";

/// What the document says then.
pub const KEPT: &str =
    "<meta name=\"coroscope-offline\"><link rel=\"manifest\" href=\"manifest.webmanifest\">";

/// Writes both into `staging`, where all other files are already.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(source: &Path, staging: &Path) -> Result<()> {
    let worker = fs::read_to_string(source.join("static").join(WORKER))?;
    let mut files = Vec::new();
    list(staging, "", &mut files)?;
    files.retain(|file| file != WORKER && file != "manifest.webmanifest");
    files.sort();
    let mut digest = Sha256::new();
    for file in &files {
        digest.update(file);
        digest.update(fs::read(staging.join(file))?);
    }
    let version: String = digest.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    let icon = files.iter().find(|file| file.starts_with("icon")).cloned().unwrap_or_default();
    let beforehand = files.into_iter().filter(|file| !file.starts_with(LATER));
    let beforehand: Vec<_> = beforehand
        .map(|file| if file == "index.html" { String::new() } else { file })
        .chain(["manifest.webmanifest".to_owned()])
        .collect();
    fs::write(staging.join(WORKER), complete(&worker, &version, &beforehand)?)?;
    let manifest = serde_json::json!({
        "name": "Coroscope", "short_name": "Coroscope", "start_url": "./", "scope": "./", "display": "standalone",
        "description": "See coroutines run", "background_color": "#f4f5f8", "theme_color": "#4f46e5",
        "icons": [{ "src": icon, "type": "image/svg+xml", "sizes": "any" }],
    });
    fs::write(staging.join("manifest.webmanifest"), manifest.to_string())?;
    Ok(())
}

fn complete(worker: &str, version: &str, files: &[String]) -> Result<String> {
    for mark in [VERSION, FILES] {
        if worker.matches(mark).count() != 1 {
            return Err(format!("static/{WORKER} has no one place for `{mark}`").into());
        }
    }
    Ok(worker.replace(VERSION, version).replace(FILES, &serde_json::to_string(files)?))
}

/// All files below a folder, with `/` between the names.
fn list(folder: &Path, below: &str, files: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = format!("{below}{}", name.to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(folder, &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_all_files_and_the_engine_comes_later() {
        let source = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let staging = tempfile::tempdir().expect("a folder");
        let put = |name: &str, text: &str| {
            let path = staging.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
            fs::write(path, text).expect("written");
        };
        let made = || {
            write(source, staging.path()).expect("written");
            fs::read_to_string(staging.path().join(WORKER)).expect("the worker")
        };
        put("index.html", "a");
        put("texts/a.en.json", "{}");
        put("engine/pyodide/big.wasm", "0");
        let first = made();
        assert!(first.contains(r#"["","texts/a.en.json","manifest.webmanifest"]"#), "{first}");
        assert_eq!(first, made(), "what it writes itself does not count");
        put("engine/pyodide/big.wasm", "1");
        let second = made();
        assert_ne!(first, second, "another engine is another version");
    }
}
