//! Words as they are written: a TOML file per example and language.

use crate::Result;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// Texts by key.
pub type Words = BTreeMap<String, String>;

/// Reads a file of words: strings, lists of strings, and tables of them; what is inside has its place
/// behind a dot.
///
/// ```
/// let words = texts::words("title = 'T'\nhints = ['one', 'two']\n[params]\nN = 'Number'").unwrap();
/// assert_eq!(words["hints.1"], "two");
/// assert_eq!(words["params.N"], "Number");
/// ```
///
/// # Errors
/// When it is no TOML, or has something other than text in it.
pub fn words(text: &str) -> Result<Words> {
    let table: Table = text.parse()?;
    let mut words = Words::new();
    for (key, value) in table {
        flatten(key, value, &mut words)?;
    }
    Ok(words)
}

fn flatten(key: String, value: Value, words: &mut Words) -> Result<()> {
    match value {
        Value::String(text) => {
            words.insert(key, text.trim().to_owned());
        }
        Value::Array(items) => {
            for (n, item) in items.into_iter().enumerate() {
                flatten(format!("{key}.{n}"), item, words)?;
            }
        }
        Value::Table(table) => {
            for (name, item) in table {
                flatten(format!("{key}.{name}"), item, words)?;
            }
        }
        other => return Err(format!("{key}: a {} is no text", other.type_str()).into()),
    }
    Ok(())
}
