//! Exercises: what the reader is to bring about by turning parameters, judged on the run.

use super::{Args, Attempt, Places};

/// A task for the reader. Its words are `task`, `hints.N`, `answer` and `checks.KEY`.
pub struct Exercise {
    /// What must hold.
    pub checks: &'static [Check],
    /// Values of parameters with which all checks hold, as in a link; the others as they are to begin
    /// with.
    pub answer: &'static [(&'static str, &'static str)],
    /// What was found, for those checks that are a matter of how much, by their keys.
    pub found: &'static [(&'static str, Measure)],
    /// Lines whose places are chosen in the program.
    pub places: &'static [Places],
}

/// Finds how much there is of something in a run.
pub type Measure = fn(&Attempt) -> Found;

/// What was found in a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// So many seconds.
    Seconds(f64),
    /// So many of what is counted.
    Count(usize),
}

/// Something that must hold of a run.
pub struct Check {
    /// The key of what it says among the words.
    pub key: &'static str,
    /// Whether it holds.
    pub holds: fn(&Attempt) -> bool,
}

impl Exercise {
    /// What was found for a check, if it is a matter of how much.
    pub fn found(&self, key: &str, attempt: &Attempt) -> Option<Found> {
        let (_, found) = self.found.iter().find(|(other, _)| *other == key)?;
        Some(found(attempt))
    }

    /// The values with which all checks hold.
    pub fn solution(&self, defaults: Args) -> Args {
        let mut args = defaults;
        for (name, text) in self.answer {
            // A test sees to it that all are allowed.
            let _ = args.set(name, text);
        }
        args
    }
}
