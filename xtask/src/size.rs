//! What the page weighs as it is sent: every file of it, gzipped.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::report::say;

/// The most that may be sent before the first chart is seen, in bytes, after `gzip -9`: the document, with
/// the chart in it.
pub const BUDGET: usize = 60_000;

/// The most that all of the page may weigh but its texts and the programs of examples, one of which is fetched
/// whenever an example is opened, what opens over the page, and the engine for the reader's own program, which are
/// fetched when they are asked for.
const WHOLE: usize = 800_000;

/// The document, which has its styles and the first chart in it.
const DOCUMENT: &str = "index.html";

/// The folder of the texts.
const TEXTS: &str = "texts";

/// The folder of the parts of the program.
const PARTS: &str = "parts";

/// The folder of what is fetched for the reader's own program.
const ENGINE: &str = "engine";

/// When a file is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    /// Before the first chart is seen.
    First,
    /// Right after it.
    Page,
    /// When an example is opened.
    Text,
    /// When an example, or something else that is wanted seldom, is opened.
    Part,
    /// When the reader writes a program, or asks CPython.
    Engine,
}

impl Sent {
    fn of(path: &Path) -> Self {
        match path {
            path if path.starts_with(TEXTS) => Sent::Text,
            path if path.starts_with(PARTS) => Sent::Part,
            path if path.starts_with(ENGINE) => Sent::Engine,
            path if path == Path::new(DOCUMENT) => Sent::First,
            _ => Sent::Page,
        }
    }
}

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

    /// The bytes of the files that the first chart needs, gzipped.
    pub fn total(&self) -> usize {
        self.gzipped(Sent::First)
    }

    /// The files that are sent at this time.
    fn sent(&self, when: Sent) -> impl Iterator<Item = &(PathBuf, usize, usize)> {
        self.files.iter().filter(move |(path, ..)| Sent::of(path) == when)
    }

    /// The bytes of what is sent at this time, gzipped.
    fn gzipped(&self, when: Sent) -> usize {
        self.sent(when).map(|&(_, _, gzipped)| gzipped).sum()
    }

    /// Whether the page is within its budget.
    pub fn fits(&self) -> bool {
        self.total() <= BUDGET && self.total() + self.gzipped(Sent::Page) <= WHOLE
    }

    /// Prints the weight of each file and of all against the budget.
    pub fn report(&self) {
        say(format_args!("{:>12} {:>12}", "bytes", "gzip -9"));
        for (path, bytes, gzipped) in self.sent(Sent::First).chain(self.sent(Sent::Page)) {
            say(format_args!("{bytes:>12} {gzipped:>12}  {}", path.display()));
        }
        let (first, page) = (self.total(), self.gzipped(Sent::Page));
        for (bytes, what, budget) in
            [(first, "before the first chart", BUDGET), (first + page, "with the page", WHOLE)]
        {
            let verdict = if bytes <= budget { "within" } else { "OVER" };
            say(format_args!(
                "{bytes:>25}  {what}: {verdict} the budget of {budget}, {:.1} % of it",
                bytes as f64 * 100.0 / budget as f64
            ));
        }
        for (when, what) in
            [(Sent::Text, "texts"), (Sent::Part, "programs of examples and other parts")]
        {
            let (count, all) = (self.sent(when).count(), self.gzipped(when));
            let most = self.sent(when).map(|&(_, _, gzipped)| gzipped).max().unwrap_or_default();
            say(format_args!(
                "{all:>25}  {what}, {count} files, one per example: the largest {most}"
            ));
        }
        let (count, all) = (self.sent(Sent::Engine).count(), self.gzipped(Sent::Engine));
        say(format_args!(
            "{all:>25}  CPython and the editor, {count} files, fetched when they are asked for"
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
        let whole = weight.total() + weight.gzipped(Sent::Page);
        assert!(weight.total() > 0 && whole > weight.total() && whole < 1_000, "{whole}");
        assert!(weight.fits());
        let before = whole;
        fs::create_dir(dist.path().join("texts")).expect("texts");
        fs::write(dist.path().join("texts/a.en.json"), "c".repeat(10_000)).expect("written");
        let weight = Weight::of(dist.path()).expect("weighed");
        let whole = weight.total() + weight.gzipped(Sent::Page);
        assert_eq!((weight.files.len(), whole), (3, before), "texts come later");
    }

    #[test]
    fn a_page_over_the_budget_does_not_fit() {
        let weight = |first, page| Weight {
            files: vec![(DOCUMENT.into(), 0, first), ("page_bg.wasm".into(), 0, page)],
        };
        assert!(weight(BUDGET, WHOLE - BUDGET).fits());
        assert!(!weight(BUDGET + 1, 1).fits());
        assert!(!weight(1, WHOLE).fits());
    }
}
