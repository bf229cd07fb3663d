//! Does one run do what another did? A run in Rust and the same one in CPython, each read from its trace.
//!
//! [`Observation`] is what a trace says of a run, in a form in which both can be compared; [`compare`] finds what
//! differs. The page uses it to check an example before the reader's eyes, `cargo xtask conformance` and
//! `differential` to check them all.

mod compare;
mod newer;
mod observation;

pub use compare::{
    Difference, End, Time, beginning, both_cut_off, compare, sequence, value, waits, warnings,
};
pub use newer::{Newer, newer};
pub use observation::{Bad, Call, Entry, Observation, Outcome, Step, Suspension, Task, Wake};

use asyncio::RunError;
use trace::Event;
use trace_document::{Document, Failure};

/// A run of ours as a trace: what happened, loop time at its end in seconds, and how it came to a bad end.
pub fn ended(events: Vec<Event>, end: f64, error: Option<&RunError>) -> Document {
    let end = Some(trace_document::End { time: end, failure: error.map(failure) });
    Document { events, end, ..Document::default() }
}

/// A bad end, as a trace has it.
pub fn failure(error: &RunError) -> Failure {
    match error {
        RunError::Raised(error) => {
            Failure::Raised { type_name: error.type_name().into(), text: error.to_string().into() }
        }
        RunError::Stuck(stuck) => {
            Failure::Stuck { blocked: stuck.blocked.iter().map(|blocked| blocked.task).collect() }
        }
        RunError::TooLong { .. } => Failure::Cut,
    }
}
