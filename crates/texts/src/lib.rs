//! What the page shows of an example besides its run: words and coloured programs.
//!
//! The page fetches them when an example is opened, so that the first chart need not wait for the words
//! of all. Each example has a file for each language, `ID.LOCALE.json`: an object of texts by key. Keys
//! are those of `words.LOCALE.toml` with dots (`look`, `params.DELAYS`, `hints.0`), and `python`,
//! `rust` and `lines` with the files of the folder, `python_html` and `rust_html` with their lines
//! coloured.

mod colour;
mod words;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

pub use colour::Highlighter;
pub use words::{Words, words};

/// The locales in which words are written.
pub const LOCALES: [&str; 2] = ["en", "zh"];

/// What may go wrong; the text says where.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The folders of examples below `crates/examples/src`, in the order of their names.
///
/// # Errors
/// When the folder cannot be read.
pub fn folders(examples: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(examples)? {
        let path = entry?.path();
        if path.join("twin.py").exists() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// The example's name in links: that of its folder, with dashes.
pub fn id(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().replace('_', "-")
}

/// The words of a folder in a locale.
///
/// # Errors
/// When the file cannot be read, or is not what [`words`] expects.
pub fn words_of(folder: &Path, locale: &str) -> Result<Words> {
    let path = folder.join(format!("words.{locale}.toml"));
    let read = || words(&fs::read_to_string(&path)?);
    read().map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Writes the files of all examples into a folder, and says how many there are.
///
/// # Errors
/// When something cannot be read or written.
pub fn write(examples: &Path, target: &Path) -> Result<usize> {
    let highlighter = Highlighter::new()?;
    fs::create_dir_all(target)?;
    let folders = folders(examples)?;
    for folder in &folders {
        let file = |name: &str| fs::read_to_string(folder.join(name));
        let (python, rust) = (file("twin.py")?, file("program.rs")?);
        let mut programs = BTreeMap::from([
            ("python_html".to_owned(), highlighter.python(&python)?),
            ("rust_html".to_owned(), highlighter.rust(&rust)?),
            // Found by running; not there yet when an example is new.
            ("lines".to_owned(), file("lines.txt").unwrap_or_default()),
        ]);
        programs.extend([("python".to_owned(), python), ("rust".to_owned(), rust)]);
        for locale in LOCALES {
            let mut texts = words_of(folder, locale)?;
            texts.extend(programs.clone());
            let path = target.join(format!("{}.{locale}.json", id(folder)));
            fs::write(path, serde_json::to_string(&texts)?)?;
        }
    }
    Ok(folders.len())
}
