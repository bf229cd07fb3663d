//! `cargo xtask trust reproducible`: the same sources make the same bytes, wherever they lie.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::{copies, report};
use crate::build;
use crate::report::say;
use crate::shell::{self, Shell};
use crate::tools::WASM;

/// Build the page for release twice, in two folders, and compare every file
///
/// The whole takes twice as long as `cargo xtask build` on a new clone, and half of that with a page that is there already.
/// Not a part of `cargo xtask test`.
#[derive(clap::Args)]
pub struct Args {
    /// Only this crate of the page, as a library: a minute
    #[arg(long, value_name = "CRATE")]
    only: Option<String>,
    /// Build once only, and compare with this folder: a page that was built of the same sources, here or elsewhere
    #[arg(long, value_name = "FOLDER", conflicts_with = "only")]
    with: Option<PathBuf>,
}

/// Builds twice, compares, and keeps the figures.
///
/// # Errors
/// What differs.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let folders = ["one", "another/folder"]
        .map(|name| shell.root().join("target/trust/reproducible").join(name));
    let mut built = Vec::new();
    if let Some(page) = &args.with {
        let there = files(page).with_context(|| format!("cannot read {}", page.display()))?;
        ensure!(!there.is_empty(), "{} is empty", page.display());
        built.push(there);
    }
    for folder in &folders[built.len()..] {
        copies::copy(shell, folder, "target")?;
        let there = shell.at(folder.clone());
        say(format_args!("Building in {}", folder.display()));
        built.push(match &args.only {
            None => {
                let optimize = build::set_up(&there)?;
                build::page(&there, optimize)?;
                files(&build::dist(&there))?
            }
            Some(name) => {
                let mut command = there.command("cargo");
                build::without_paths(&there, &mut command);
                command.args(["build", "--release", "--target", WASM, "--package", name]);
                shell::run(command.env_remove("CARGO_TARGET_DIR"))?;
                let library = format!("target/{WASM}/release/lib{}.rlib", name.replace('-', "_"));
                BTreeMap::from([(PathBuf::from(&library), fs::read(folder.join(&library))?)])
            }
        });
    }
    let different = different(&built[0], &built[1]);
    let here: Vec<_> = built[0]
        .iter()
        .filter(|(_, bytes)| says(bytes, shell.root()) || says(bytes, shell.cargo_home()))
        .map(|(name, _)| format!("{} names a folder of this machine", name.display()))
        .collect();
    if args.only.is_none() {
        let figures = [
            format!("{} files, {} of them different", built[0].len(), different.len()),
            format!("{} of them name a folder of the machine", here.len()),
        ];
        let with = if args.with.is_some() { " --with dist" } else { "" };
        report::keep(shell, "reproducible", &format!("reproducible{with}"), &figures)?;
    }
    if !different.is_empty() || !here.is_empty() {
        bail!("{}", [different, here].concat().join("\n"));
    }
    say(format_args!("The same in both: {} files", built[0].len()));
    Ok(())
}

/// Whether a file names this folder.
fn says(bytes: &[u8], folder: &Path) -> bool {
    let name = folder.to_string_lossy();
    bytes.windows(name.len()).any(|window| window == name.as_bytes())
}

/// All files below a folder.
fn files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder)?.to_owned(), fs::read(&path)?);
            }
        }
    }
    Ok(found)
}

/// What is not the same, in words.
fn different(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let mut found: Vec<_> =
        other.keys().filter(|name| !one.contains_key(*name)).map(|name| lacks(name)).collect();
    for (name, bytes) in one {
        match other.get(name) {
            None => found.push(lacks(name)),
            Some(others) if others != bytes => {
                let at = bytes.iter().zip(others).take_while(|(one, other)| one == other).count();
                let (sizes, name) = ((bytes.len(), others.len()), name.display());
                found.push(format!(
                    "{name} differs from byte {at} on ({} and {} bytes)",
                    sizes.0, sizes.1
                ));
            }
            Some(_) => {}
        }
    }
    found
}

fn lacks(name: &Path) -> String {
    format!("{} is in one of them only", name.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_and_a_file_make_a_difference() {
        let of = |files: &[(&str, &str)]| {
            let files = files.iter().map(|(name, text)| (name.into(), text.as_bytes().to_vec()));
            files.collect::<BTreeMap<PathBuf, Vec<u8>>>()
        };
        let one = of(&[("a", "same"), ("b", "four")]);
        assert!(different(&one, &one.clone()).is_empty());
        let other = of(&[("a", "same"), ("b", "four!"), ("c", "")]);
        let found = different(&one, &other);
        assert_eq!(found.len(), 2);
        assert!(found[1].starts_with("b differs from byte 4 on"), "{found:?}");
    }
}
