//! What the page weighs as it is sent: every file of it, gzipped.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::report::say;

/// The most that all files of the page may weigh together, in bytes, after `gzip -9`.
pub const BUDGET: usize = 350_000;

/// The weights of a page's files.
pub struct Weight {
    /// Each file with its bytes and its bytes when gzipped.
    files: Vec<(PathBuf, usize, usize)>,
}

impl Weight {
    /// Weighs every file below `dist`.
    pub fn of(dist: &Path) -> Result<Self> {
        let mut files = Vec::new();
        weigh(dist, Path::new(""), &mut files)?;
        files.sort_by_key(|&(_, _, gzipped)| std::cmp::Reverse(gzipped));
        Ok(Self { files })
    }

    /// The bytes of all files, gzipped.
    pub fn total(&self) -> usize {
        self.files.iter().map(|&(_, _, gzipped)| gzipped).sum()
    }

    /// Whether the page is within its budget.
    pub fn fits(&self) -> bool {
        self.total() <= BUDGET
    }

    /// Prints the weight of each file and of all against the budget.
    pub fn report(&self) {
        say(format_args!("{:>12} {:>12}", "bytes", "gzip -9"));
        for (path, bytes, gzipped) in &self.files {
            say(format_args!("{bytes:>12} {gzipped:>12}  {}", path.display()));
        }
        let bytes: usize = self.files.iter().map(|&(_, bytes, _)| bytes).sum();
        let total = self.total();
        let verdict = if self.fits() { "within" } else { "OVER" };
        say(format_args!(
            "{bytes:>12} {total:>12}  in all: {verdict} the budget of {BUDGET}, {:.1} % of it",
            total as f64 * 100.0 / BUDGET as f64
        ));
    }
}

/// Weighs the files of one folder, and of those in it.
fn weigh(dist: &Path, below: &Path, files: &mut Vec<(PathBuf, usize, usize)>) -> Result<()> {
    let folder = dist.join(below);
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            weigh(dist, &name, files)?;
        } else {
            let bytes = fs::read(entry.path())?;
            files.push((name, bytes.len(), gzipped(&bytes)?));
        }
    }
    Ok(())
}

/// How many bytes `gzip -9` makes of these.
fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_in_folders_count_too() {
        let dist = tempfile::tempdir().expect("a folder");
        fs::create_dir(dist.path().join("sub")).expect("sub");
        fs::write(dist.path().join("index.html"), "a".repeat(10_000)).expect("written");
        fs::write(dist.path().join("sub/style.css"), "b".repeat(10_000)).expect("written");
        let weight = Weight::of(dist.path()).expect("weighed");
        assert_eq!(weight.files.len(), 2);
        assert!(weight.total() > 0 && weight.total() < 1_000, "{}", weight.total());
        assert!(weight.fits());
    }

    #[test]
    fn a_page_over_the_budget_does_not_fit() {
        let weight = Weight { files: vec![("a".into(), 0, BUDGET), ("b".into(), 0, 1)] };
        assert!(!weight.fits());
    }
}
