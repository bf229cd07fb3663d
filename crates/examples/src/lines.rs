//! Which line of the Rust program stands where in the Python twin.

use std::collections::BTreeMap;

/// Pairs of a Rust line that awaits and the Python line at which CPython's task stands meanwhile,
/// both from 1. Found by running both, never written by hand.
///
/// ```
/// use examples::LineMap;
/// let map = LineMap::parse("12 9\n15 11\n");
/// assert_eq!(map.python(15), Some(11));
/// assert_eq!(map.python(1), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineMap(BTreeMap<u32, u32>);

impl LineMap {
    /// Reads what [`LineMap::text`] wrote; lines that are no pair are passed over.
    pub fn parse(text: &str) -> Self {
        let pairs = text.lines().filter_map(|line| {
            let (rust, python) = line.split_once(' ')?;
            Some((rust.parse::<u32>().ok()?, python.parse::<u32>().ok()?))
        });
        let mut map = BTreeMap::new();
        // Not collected: that would sort first, which costs the page four kilobytes.
        map.extend(pairs);
        LineMap(map)
    }

    /// Adds a pair.
    ///
    /// # Errors
    /// The Python line known so far, when it is another.
    pub fn add(&mut self, rust: u32, python: u32) -> Result<(), u32> {
        match *self.0.entry(rust).or_insert(python) {
            known if known == python => Ok(()),
            known => Err(known),
        }
    }

    /// The Python line of a Rust line.
    pub fn python(&self, rust: u32) -> Option<u32> {
        self.0.get(&rust).copied()
    }

    /// The pairs, a line each.
    pub fn text(&self) -> String {
        self.0.iter().map(|(rust, python)| format!("{rust} {python}\n")).collect()
    }

    /// The pairs in the order of the Rust lines.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().map(|(rust, python)| (*rust, *python))
    }
}
