//! A trace with what is said of it.

use crate::header::Header;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use trace::{Event, TaskId};

/// A trace as a file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What it says of itself.
    pub header: Header,
    /// What happened. Tasks and resources are numbered from 0 in the order of creation.
    pub events: Vec<Event>,
    /// How it ended; `None` where the file stops before that.
    pub end: Option<End>,
    /// What this version does not know: fields of events, by the event's place.
    pub rest: BTreeMap<usize, Map<String, Json>>,
}

/// The end of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// When, in seconds of loop time.
    pub time: f64,
    /// How it came to a bad end, if it did.
    pub failure: Option<Failure>,
}

/// How a run may come to a bad end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The main coroutine raised.
    Raised {
        /// The exception's type.
        type_name: Box<str>,
        /// Its text.
        text: Box<str>,
    },
    /// Nothing could happen any more.
    Stuck {
        /// The tasks that wait.
        blocked: Vec<TaskId>,
    },
    /// It was cut off.
    Cut,
}
