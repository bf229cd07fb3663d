//! Keeps account of the differences of one example and prints the first few.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use agree::{Observation, compare};
use examples::{Args, Example, LineMap};
use trace_document::Document;

use super::cases::Case;
use super::places;
use super::{folder, names};
use crate::params;
use crate::report::{Elapsed, say};
use crate::trace_file;

/// How many differing runs of an example are shown.
const SHOWN: usize = 3;

/// Where a program tells what its tasks were called with.
const CALLED_WITH: &str = "  `#[called_with(…)]` above a task's function in program.rs lists what it is called with in \
                           twin.py; a task of a block of Rust has no function";

/// The account of one example.
pub struct Account {
    example: &'static Example,
    start: Instant,
    runs: usize,
    /// Runs that differ in some respect.
    differing: usize,
    /// What the runs taught about places.
    learnt: LineMap,
}

/// What the accounts of several examples come to.
#[derive(Default)]
pub struct Total {
    examples: usize,
    runs: usize,
    differences: usize,
}

impl Account {
    /// An account without runs.
    pub fn open(example: &'static Example) -> Self {
        Self { example, start: Instant::now(), runs: 0, differing: 0, learnt: LineMap::default() }
    }

    /// Runs the Rust program and compares it with the trace of what CPython did.
    pub fn compare(&mut self, case: &Case, cpython: &Document) {
        self.compare_with(case, &Observation::of(cpython, Some("twin.py")), cpython);
    }

    fn compare_with(&mut self, case: &Case, cpython: &Observation, document: &Document) {
        self.runs += 1;
        let found = match observe(self.example, &case.args) {
            Ok((rust, ours)) => {
                let differences = compare(&rust, cpython);
                let calls = differences.iter().any(|difference| difference.what == "calls");
                let places = places::learn(&mut self.learnt, &rust, cpython).into_iter();
                differences
                    .into_iter()
                    .map(|difference| difference.to_string())
                    .chain(calls.then(|| CALLED_WITH.to_owned()))
                    .chain(places.take(1).map(|place| format!("  {place}")))
                    .chain(names::differences(&ours, document))
                    .collect()
            }
            Err(panic) => vec![format!("  the Rust program panicked: {panic}")],
        };
        if found.is_empty() {
            return;
        }
        self.differing += 1;
        if self.differing <= SHOWN {
            let flags = params::flags(&case.args);
            say(format_args!("\n{}, {}:", self.example.id, case.label));
            found.iter().for_each(say);
            say(format_args!(
                "  again: cargo xtask conformance --example {} {flags}\n",
                self.example.id
            ));
        }
    }

    /// What the runs taught about places.
    pub fn learnt(&self) -> &LineMap {
        &self.learnt
    }

    /// Whether the example's `lines.txt` has all places; says so if not.
    pub fn check_places(&mut self) {
        if let Some(stale) = places::stale(self.example, &self.learnt) {
            self.fault(&stale);
        }
    }

    /// A difference that is not of a run.
    pub fn fault(&mut self, what: &str) {
        self.differing += 1;
        say(format_args!("{}: {what}", self.example.id));
    }

    /// Says how the example fared, and adds it to the total.
    pub fn close(self, total: &mut Total) {
        if self.differing > SHOWN {
            say(format_args!("{}: the others are not shown", self.example.id));
        }
        say(format_args!(
            "{:24} {:>5} runs, {} ({})",
            self.example.id,
            self.runs,
            differences(self.differing),
            Elapsed(self.start.elapsed())
        ));
        total.examples += 1;
        total.runs += self.runs;
        total.differences += self.differing;
    }
}

impl Total {
    /// Whether nothing differs.
    pub fn is_clean(&self) -> bool {
        self.differences == 0
    }

    /// The summary.
    pub fn text(&self) -> String {
        let (examples, runs) = (self.examples, self.runs);
        format!("{examples} examples, {runs} runs, {}", differences(self.differences))
    }
}

/// A number of differences in words.
fn differences(count: usize) -> String {
    match count {
        0 => "no difference".to_owned(),
        1 => "1 DIFFERENCE".to_owned(),
        _ => format!("{count} DIFFERENCES"),
    }
}

/// A run of the Rust program and its trace, or the text of its panic.
fn observe(example: &Example, args: &Args) -> Result<(Observation, Document), String> {
    catch_unwind(AssertUnwindSafe(|| ours(example, args))).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("no text").to_owned()
    })
}

/// A run of the Rust program and its trace.
pub fn ours(example: &Example, args: &Args) -> (Observation, Document) {
    let document = trace_file::ended(run::instant(example, args, crate::BUDGET));
    let program = format!("{}/program.rs", folder(example));
    (Observation::of(&document, Some(&program)), document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::cases;

    #[test]
    fn differences_are_counted_and_make_the_total_unclean() {
        let example = examples::find("gather-order").expect("it is in the catalogue");
        let case = &cases::fixed(example)[0];
        let (sound, trace) = observe(example, &case.args).expect("it runs");
        let mut total = Total::default();

        let mut account = Account::open(example);
        account.compare_with(case, &sound, &trace);
        account.close(&mut total);
        assert!(total.is_clean());
        assert_eq!(total.text(), "1 examples, 1 runs, no difference");

        let mut wrong = sound.clone();
        wrong.log.pop();
        let mut account = Account::open(example);
        account.compare_with(case, &wrong, &trace);
        account.compare_with(case, &sound, &trace);
        account.fault("made up");
        account.close(&mut total);
        assert!(!total.is_clean());
        assert_eq!(total.text(), "2 examples, 3 runs, 2 DIFFERENCES");
    }
}
