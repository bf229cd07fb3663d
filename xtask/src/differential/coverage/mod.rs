//! What the programs of a run have reached: operations, and pairs of where a task was suspended and in
//! what.
//!
//! The interpreter records both as they happen, not what a program's text has: a statement behind a
//! `return` counts for nothing.

mod operations;
pub mod pairs;

use std::collections::BTreeMap;
use std::fmt::Write;

pub use self::operations::OPERATIONS;

/// How often what was reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Operations that ended or were suspended, by name, such as `cancel Task`.
    pub operations: BTreeMap<String, u64>,
    /// How often a cancellation ended an operation (second) that was suspended within a frame (first),
    /// whatever else was in between.
    pub pairs: BTreeMap<(String, String), u64>,
}

/// What should have been reached and was not.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// An operation.
    Operation(String),
    /// A frame and an operation in it.
    Pair(&'static str, &'static str),
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Operation(name) => f.write_str(name),
            Self::Pair(frame, leaf) => write!(f, "{frame} > {leaf}"),
        }
    }
}

impl Coverage {
    /// Counts an operation.
    pub fn operation(&mut self, name: &str) {
        count(&mut self.operations, name, 1);
    }

    /// Counts a pair.
    pub fn pair(&mut self, frame: &str, leaf: &str) {
        *self.pairs.entry((frame.to_owned(), leaf.to_owned())).or_default() += 1;
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Self) {
        for (name, &times) in &other.operations {
            count(&mut self.operations, name, times);
        }
        for (pair, &times) in &other.pairs {
            *self.pairs.entry(pair.clone()).or_default() += times;
        }
    }

    fn of_pair(&self, (frame, leaf): (&str, &str)) -> u64 {
        self.pairs.get(&(frame.to_owned(), leaf.to_owned())).copied().unwrap_or(0)
    }

    /// The table that ends a run: operations with counts, the rarest pairs and those never reached.
    pub fn table(&self) -> String {
        let mut text = String::new();
        let mut line = String::from("operations:");
        for (name, times) in &self.operations {
            let item = format!(" {name} {times},");
            if line.len() + item.len() > 110 {
                writeln!(text, "{line}").expect("a String takes all");
                line = " ".to_owned();
            }
            line += &item;
        }
        writeln!(text, "{}", line.trim_end_matches(',')).expect("a String takes all");

        let mut counts: Vec<_> = pairs::pairs().map(|pair| (self.of_pair(pair), pair)).collect();
        counts.sort();
        let hit = counts.iter().filter(|(times, _)| *times > 0);
        writeln!(text, "pairs: {} of {}", hit.clone().count(), counts.len()).expect("as above");
        let rarest: Vec<_> = hit
            .take(10)
            .map(|(times, (frame, leaf))| format!("{frame} > {leaf} {times}"))
            .collect();
        writeln!(text, "rarest: {}", rarest.join(", ")).expect("as above");
        for missing in missing(self) {
            writeln!(text, "never: {missing}").expect("as above");
        }
        text
    }
}

/// What was never reached.
pub fn missing(coverage: &Coverage) -> Vec<Missing> {
    let operations = OPERATIONS.iter().filter(|&&name| !coverage.operations.contains_key(name));
    let operations = operations.map(|&name| Missing::Operation(name.to_owned()));
    let pairs = pairs::pairs()
        .filter(|&pair| coverage.of_pair(pair) == 0)
        .map(|(frame, leaf)| Missing::Pair(frame, leaf));
    operations.chain(pairs).collect()
}

/// Whether so many programs should have reached everything: each pair was planted twice.
pub fn must_be_complete(programs: u64) -> bool {
    programs >= 2 * pairs::COUNT as u64
}

fn count(counts: &mut BTreeMap<String, u64>, name: &str, times: u64) {
    match counts.get_mut(name) {
        Some(sum) => *sum += times,
        None => drop(counts.insert(name.to_owned(), times)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Coverage {
        let mut coverage = Coverage::default();
        OPERATIONS.iter().for_each(|name| coverage.operation(name));
        pairs::pairs().for_each(|(frame, leaf)| coverage.pair(frame, leaf));
        coverage
    }

    #[test]
    fn sums_are_merged() {
        let mut sum = all();
        sum.merge(&all());
        sum.merge(&Coverage::default());
        assert!(sum.operations.values().all(|&times| times == 2));
        assert!(sum.pairs.values().all(|&times| times == 2));
        assert_eq!((sum.operations.len(), sum.pairs.len()), (OPERATIONS.len(), pairs::COUNT));
    }

    #[test]
    fn what_was_not_reached_is_missing() {
        let mut coverage = all();
        assert_eq!(missing(&coverage), []);
        coverage.operations.remove("cancel Task");
        coverage.pairs.remove(&("timeout".to_owned(), "gather".to_owned()));
        let operation = Missing::Operation("cancel Task".to_owned());
        assert_eq!(missing(&coverage), [operation, Missing::Pair("timeout", "gather")]);
        assert_eq!(missing(&Coverage::default()).len(), OPERATIONS.len() + pairs::COUNT);
    }

    #[test]
    fn the_table_tells_counts_the_rarest_and_the_missing() {
        let mut coverage = all();
        coverage.merge(&all());
        coverage.operation("cancel Task");
        coverage.operations.remove("stop");
        coverage.pairs.insert(("main".to_owned(), "gather".to_owned()), 1);
        coverage.pairs.remove(&("task".to_owned(), "gather".to_owned()));
        let table = coverage.table();
        assert!(table.contains(" cancel Task 3,"), "{table}");
        assert!(table.contains(&format!("pairs: {} of {}", pairs::COUNT - 1, pairs::COUNT)));
        assert!(table.contains("rarest: main > gather 1, "), "{table}");
        assert!(table.ends_with("never: stop\nnever: task > gather\n"), "{table}");
        assert!(table.lines().all(|line| line.len() <= 400), "{table}");
    }

    #[test]
    fn two_rounds_must_reach_all() {
        let count = pairs::COUNT as u64;
        assert!(!must_be_complete(2 * count - 1));
        assert!(must_be_complete(2 * count));
    }
}
