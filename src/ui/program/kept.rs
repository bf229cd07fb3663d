//! The reader's programs, kept in the browser by name.

use crate::ui::shell::store;

/// Before the name of a program.
const PREFIX: &str = "coroscope.program.";

/// The name of the one that was open last.
const LAST: &str = "coroscope.opened";

/// A program's text.
pub fn get(name: &str) -> Option<String> {
    store::get(&format!("{PREFIX}{name}"))
}

/// Keeps a program; says whether it will be there the next time, too.
pub fn set(name: &str, text: &str) -> bool {
    store::set(&format!("{PREFIX}{name}"), text)
}

/// Forgets a program.
pub fn remove(name: &str) {
    store::remove(&format!("{PREFIX}{name}"));
}

/// The names of all that are kept, in the order of the alphabet.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = store::keys()
        .into_iter()
        .filter_map(|key| Some(key.strip_prefix(PREFIX)?.to_owned()))
        .collect();
    sorting::by_key(&mut names, |name| name.to_lowercase());
    names
}

/// A name that none of them has: this one, or this one with a number.
pub fn free(wanted: &str) -> String {
    let taken = names();
    let mut numbered = (2..).map(|n| format!("{wanted} {n}"));
    match taken.iter().any(|name| name == wanted) {
        false => wanted.to_owned(),
        true => numbered.find(|name| !taken.contains(name)).unwrap_or_default(),
    }
}

/// The one that was open last.
pub fn last() -> Option<String> {
    store::get(LAST)
}

/// Remembers which is open.
pub fn open(name: &str) {
    store::set(LAST, name);
}
