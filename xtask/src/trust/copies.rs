//! Copies of the repository, to be broken, or built in another folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell::Shell;

/// Copies what belongs to the repository into a folder, where `keep` stays of what was there: what is built.
pub fn copy(shell: &Shell, to: &Path, keep: &str) -> Result<()> {
    if let Ok(entries) = fs::read_dir(to) {
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.file_name().is_some_and(|name| name == keep) {
                continue;
            }
            if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
        }
    }
    for name in files(shell)? {
        let (from, to) = (shell.root().join(&name), to.join(&name));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        // What was removed and not committed is still on the list.
        if from.is_file() {
            fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        }
    }
    Ok(())
}

/// Copies all of a folder into another, which is made anew.
pub fn folder(from: &Path, to: &Path) -> Result<()> {
    if to.is_dir() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (from, to) = (entry?.path(), to.to_owned());
        let to = to.join(from.file_name().unwrap_or_default());
        if from.is_dir() {
            folder(&from, &to)?;
        } else {
            fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        }
    }
    Ok(())
}

/// The files of the repository, those that are not committed yet among them.
fn files(shell: &Shell) -> Result<Vec<PathBuf>> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let Some(list) = shell.output("git", arguments) else {
        bail!("git does not say which files belong to the repository");
    };
    Ok(list.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect())
}
