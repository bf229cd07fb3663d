//! What a run looked like, in the one form that Rust's and CPython's runs are compared in.

use std::fmt;
use std::path::Path;

use asyncio::RunError;
use examples::Example;
use run::Recorded;
use serde::{Deserialize, Serialize};
use timeline::{TaskLane, Timeline};
use trace::{self, EventKind, Site, TaskId};

/// A run. Tasks are told apart by their names; times are seconds of loop time.
#[derive(Clone, Debug)]
pub struct Observation {
    /// What was printed.
    pub lines: Vec<Line>,
    /// The tasks, in the order of creation.
    pub tasks: Vec<Task>,
    /// Every step of every task, in order.
    pub steps: Vec<Step>,
    /// Every suspension, in order.
    pub suspensions: Vec<Suspension>,
    /// What CPython says on its own account, such as an exception that was never retrieved, sorted:
    /// when it notices depends on when it frees what.
    pub warnings: Vec<String>,
    /// The time at the end.
    pub makespan: f64,
    /// How the run came to a bad end, if it did.
    pub error: Option<Failure>,
}

/// A printed line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub time: f64,
    /// The task that printed it.
    pub task: Option<String>,
    pub text: String,
}

/// The life of a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    pub name: String,
    pub parent: Option<String>,
    pub created: f64,
    /// When its first step began; never if it was cancelled before.
    pub start: Option<f64>,
    pub end: Option<f64>,
    pub outcome: Outcome,
    /// What it raised: `Type: text`, or `Type` without a text.
    pub exception: Option<String>,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    Done,
    Failed,
    Cancelled,
    Pending,
}

/// The beginning of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub time: f64,
    pub task: String,
}

/// A task giving up control.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Suspension {
    pub time: f64,
    pub task: String,
    /// Where it stands, in `program.rs` or `twin.py`; nowhere if not in the program.
    pub line: Option<u32>,
}

/// A bad end.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Failure {
    /// The main coroutine raised.
    Exception {
        #[serde(rename = "type")]
        type_name: String,
        text: String,
    },
    /// Nothing can happen any more, and these tasks wait.
    Deadlock { blocked: Vec<Blocked> },
    /// It was cut off: how far it had come then means nothing.
    Limit,
}

/// A task in a deadlock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Blocked {
    pub task: String,
    pub line: Option<u32>,
}

impl Observation {
    /// A run of the Rust program.
    pub fn of(example: &Example, recorded: &Recorded) -> Self {
        let timeline = recorded.timeline();
        let name = |id: TaskId| name(&timeline, id);
        let mut steps = Vec::new();
        let mut suspensions = Vec::new();
        for event in &recorded.events {
            let time = event.time;
            match &event.kind {
                EventKind::StepBegan { task, .. } => steps.push(Step { time, task: name(*task) }),
                EventKind::Suspended { task, at, .. } => suspensions.push(Suspension {
                    time,
                    task: name(*task),
                    line: line(example, at.as_ref()),
                }),
                _ => {}
            }
        }
        Self {
            lines: lines(&timeline),
            tasks: tasks(&timeline).into_iter().map(|(_, task)| task).collect(),
            steps,
            suspensions,
            warnings: warnings(logged(&recorded.events)),
            makespan: recorded.end,
            error: recorded.error.as_ref().map(|error| failure(example, error)),
        }
    }
}

/// A run for tests to compare.
#[cfg(test)]
pub fn sample() -> Observation {
    let example = examples::find("gather-order").expect("it is in the catalogue");
    Observation::of(example, &run::instant(example, &example.defaults(), crate::BUDGET))
}

/// The name of a task.
pub fn name(timeline: &Timeline, id: TaskId) -> String {
    let lane = timeline.task(id);
    lane.map_or_else(|| format!("task #{}", id.0), |lane| lane.name.to_string())
}

/// The line of `program.rs` at which a task stands.
pub fn line(example: &Example, at: Option<&Site>) -> Option<u32> {
    let program = Path::new(&folder(example)).join("program.rs");
    at.filter(|at| Path::new(at.file()).ends_with(program)).map(Site::line)
}

/// The folder of an example.
pub fn folder(example: &Example) -> String {
    example.id.replace('-', "_")
}

/// What was printed.
pub fn lines(timeline: &Timeline) -> Vec<Line> {
    let lines = timeline.lines.iter();
    lines
        .filter(|line| !line.logged)
        .map(|line| Line {
            time: line.time,
            task: line.task.map(|id| name(timeline, id)),
            text: line.text.to_string(),
        })
        .collect()
}

/// What was logged: message and error.
fn logged(events: &[trace::Event]) -> impl Iterator<Item = String> {
    events.iter().filter_map(|event| match &event.kind {
        EventKind::Logged { log, .. } => Some(match &log.error {
            Some(error) => format!("{}: {error}", log.message),
            None => log.message.to_string(),
        }),
        _ => None,
    })
}

/// Warnings as they are compared.
pub fn warnings(texts: impl Iterator<Item = String>) -> Vec<String> {
    // Where it shows the category, and where not, says nothing.
    let plain = |text: String| text.trim_start_matches("RuntimeWarning: ").to_owned();
    let mut texts: Vec<String> = texts.map(plain).collect();
    texts.sort();
    texts
}

/// The tasks in the order of creation.
pub fn tasks(timeline: &Timeline) -> Vec<(TaskId, Task)> {
    let mut lanes: Vec<&TaskLane> = timeline.tasks.iter().collect();
    lanes.sort_by_key(|lane| lane.id);
    let task = |lane: &TaskLane| {
        let (outcome, exception) = match &lane.outcome {
            None => (Outcome::Pending, None),
            Some(trace::Outcome::Done) => (Outcome::Done, None),
            Some(trace::Outcome::Cancelled) => (Outcome::Cancelled, None),
            Some(trace::Outcome::Failed(text)) => (Outcome::Failed, Some(text.to_string())),
        };
        Task {
            name: lane.name.to_string(),
            parent: lane.parent.map(|id| name(timeline, id)),
            created: lane.created,
            start: lane.started,
            end: lane.ended,
            outcome,
            exception,
        }
    };
    lanes.into_iter().map(|lane| (lane.id, task(lane))).collect()
}

/// A bad end of the Rust program.
pub fn failure(example: &Example, error: &RunError) -> Failure {
    match error {
        RunError::Raised(error) => {
            Failure::Exception { type_name: error.type_name().to_owned(), text: error.to_string() }
        }
        RunError::Stuck(stuck) => Failure::Deadlock {
            blocked: stuck
                .blocked
                .iter()
                .map(|blocked| Blocked {
                    task: blocked.name.to_string(),
                    line: line(example, blocked.at.map(Site::from).as_ref()),
                })
                .collect(),
        },
        RunError::TooLong { .. } => Failure::Limit,
    }
}

/// A task's name, or a dash outside of tasks.
struct Who<'a>(&'a Option<String>);

impl fmt::Display for Who<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("-"))
    }
}

/// A time, or a dash for never.
struct When(Option<f64>);

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(time) => write!(f, "{time:?}"),
            None => f.write_str("-"),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Outcome::Done => "done",
            Outcome::Failed => "failed",
            Outcome::Cancelled => "cancelled",
            Outcome::Pending => "pending",
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}  {}  {}", self.time, Who(&self.task), self.text)
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}  of {}  created {:?}  start {}  end {}  {}",
            self.name,
            Who(&self.parent),
            self.created,
            When(self.start),
            When(self.end),
            self.outcome
        )?;
        match &self.exception {
            Some(exception) => write!(f, "  {exception}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}  {}", self.time, self.task)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Exception { type_name, text } if text.is_empty() => f.write_str(type_name),
            Failure::Exception { type_name, text } => write!(f, "{type_name}: {text}"),
            Failure::Deadlock { blocked } => {
                let names: Vec<_> = blocked.iter().map(|blocked| blocked.task.as_str()).collect();
                write!(f, "can never finish; waiting: {}", names.join(", "))
            }
            Failure::Limit => f.write_str("cut off: too many steps"),
        }
    }
}
