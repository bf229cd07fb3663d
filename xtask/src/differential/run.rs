//! What a run of a program looked like, in the one form that both sides' are compared in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::conformance::observation::{Failure, Step, Task};

/// A run. Tasks are told apart by their names; times are seconds of loop time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// What was printed and what was logged, in the order of happening.
    pub log: Vec<Entry>,
    /// Warnings after the last loop was closed: in no order, so they are sorted.
    pub late: Vec<String>,
    /// The tasks, in the order of creation.
    pub tasks: Vec<Task>,
    /// Every step of every task, in order.
    #[serde(with = "steps")]
    pub steps: Vec<Step>,
    /// Every suspension, in order.
    #[serde(with = "steps")]
    pub suspensions: Vec<Step>,
    /// The time at the end.
    pub makespan: f64,
    /// How the run came to a bad end, if it did.
    pub error: Option<Failure>,
}

/// A line that was printed, or a warning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Tuple", into = "Tuple")]
pub struct Entry {
    pub time: f64,
    /// The task during whose step it came.
    pub task: Option<String>,
    pub kind: Kind,
    pub text: String,
}

/// What sort of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Print,
    Warning,
}

/// An entry as it stands in JSON.
type Tuple = (f64, Option<String>, Kind, String);

impl From<Tuple> for Entry {
    fn from((time, task, kind, text): Tuple) -> Self {
        Self { time, task, kind, text }
    }
}

impl From<Entry> for Tuple {
    fn from(entry: Entry) -> Self {
        (entry.time, entry.task, entry.kind, entry.text)
    }
}

/// Steps as pairs of time and task.
mod steps {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::conformance::observation::Step;

    pub fn serialize<S: Serializer>(steps: &[Step], serializer: S) -> Result<S::Ok, S::Error> {
        let pairs: Vec<_> = steps.iter().map(|step| (step.time, &step.task)).collect();
        pairs.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Step>, D::Error> {
        let pairs = Vec::<(f64, String)>::deserialize(deserializer)?;
        Ok(pairs.into_iter().map(|(time, task)| Step { time, task }).collect())
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let task = self.task.as_deref().unwrap_or("-");
        let mark = match self.kind {
            Kind::Print => "",
            Kind::Warning => "WARNING ",
        };
        write!(f, "{:<6?} {task:<8} {mark}{}", self.time, self.text)
    }
}
