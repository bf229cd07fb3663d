//! What a trace says of a run, in the one form that ours and CPython's are compared in.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use trace::{
    Actor, Event, EventKind, HandleId, HandleKind, LoopId, ResourceId, ResourceKind, Site, TaskId,
    Wait,
};
use trace_document::{Document, Failure};

/// A run. Tasks are told apart by their names; times are seconds of loop time.
#[derive(Clone, Debug)]
pub struct Observation {
    /// What was printed and what was logged, in the order of happening.
    pub log: Vec<Entry>,
    /// What was logged of what was freed when the program was over: in no order, so it is sorted.
    pub late: Vec<String>,
    /// The tasks, in the order of creation.
    pub tasks: Vec<Task>,
    /// What tasks run, in the order of creation, as far as the trace tells it.
    pub calls: Vec<Call>,
    /// Everything that the loop ran, in order.
    pub ran: Vec<Step>,
    /// Every suspension, in order.
    pub suspensions: Vec<Suspension>,
    /// Every task that was made ready, in order.
    pub wakes: Vec<Wake>,
    /// The time at the end.
    pub makespan: f64,
    /// How the run came to a bad end, if it did.
    pub error: Option<Bad>,
}

/// A line that was printed or logged.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Seconds of loop time.
    pub time: f64,
    /// The task during whose step it came.
    pub task: Option<Arc<str>>,
    /// Whether it was logged or warned of, and not printed.
    pub logged: bool,
    /// What it says.
    pub text: String,
}

/// The life of a task.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Task {
    /// Its last name.
    pub name: String,
    /// The task that created it.
    pub parent: Option<String>,
    /// When, in seconds of loop time.
    pub created: f64,
    /// When its first step began; never if it was cancelled before.
    pub start: Option<f64>,
    /// When it ended, if it did.
    pub end: Option<f64>,
    /// How it ended.
    pub outcome: Outcome,
    /// What it raised: `Type: text`, or `Type` without a text.
    pub exception: Option<String>,
}

/// The call that made a task's coroutine.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The task: how many were created before it, and its name.
    pub task: (TaskId, Arc<str>),
    /// The function that was called; nothing where it has no name.
    pub function: Option<Arc<str>>,
    /// With what, where that is known.
    pub arguments: Option<Arc<str>>,
    /// Whether the trace knows the function's place, in the program: it is none of asyncio's own.
    pub placed: bool,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// With a result.
    Done,
    /// With an exception.
    Failed,
    /// Cancelled.
    Cancelled,
    /// It has not.
    Pending,
}

/// Something that the loop ran.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Seconds of loop time.
    pub time: f64,
    /// The iteration of the loop.
    pub iteration: u64,
    /// The task, or nothing for a callback.
    pub task: Option<Arc<str>>,
}

/// A task giving up control.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspension {
    /// Seconds of loop time.
    pub time: f64,
    /// The name of the task.
    pub task: Arc<str>,
    /// What it waits for.
    pub wait: String,
    /// Where it stands, in `program.rs` or `twin.py`; nowhere if not in the program.
    pub line: Option<u32>,
}

/// A task made ready.
#[derive(Clone, Debug, PartialEq)]
pub struct Wake {
    /// Seconds of loop time.
    pub time: f64,
    /// The name of the task.
    pub task: Arc<str>,
    /// On whose account.
    pub by: String,
}

/// A bad end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bad {
    /// The main coroutine raised this.
    Raised(String),
    /// Nothing can happen any more, and these tasks wait; sorted.
    Stuck(Vec<String>),
    /// It was cut off: how far it had come then means nothing.
    Cut,
}

impl Observation {
    /// What a trace says; lines are those of sites in a file whose path ends so.
    pub fn of(document: &Document, program: Option<&str>) -> Self {
        let names = Names::of(&document.events);
        let mut reading = Reading::new(&names, program);
        document.events.iter().for_each(|event| reading.take(event));
        let mut seen = reading.seen;
        seen.late.sort();
        if let Some(end) = &document.end {
            seen.makespan = end.time;
            seen.error = end.failure.as_ref().map(|failure| match failure {
                Failure::Raised { type_name, text } if text.is_empty() => {
                    Bad::Raised(type_name.to_string())
                }
                Failure::Raised { type_name, text } => Bad::Raised(format!("{type_name}: {text}")),
                Failure::Stuck { blocked } => {
                    let mut blocked: Vec<_> =
                        blocked.iter().map(|task| names.last(*task).to_string()).collect();
                    blocked.sort();
                    Bad::Stuck(blocked)
                }
                Failure::Cut => Bad::Cut,
            });
        }
        seen
    }

    /// What was printed.
    pub fn lines(&self) -> impl Iterator<Item = &Entry> {
        self.log.iter().filter(|entry| !entry.logged)
    }
}

/// The names of tasks.
struct Names {
    /// The last one that each had before it ended.
    last: Vec<Arc<str>>,
    nameless: Arc<str>,
}

impl Names {
    fn of(events: &[Event]) -> Self {
        let mut last: Vec<Arc<str>> = Vec::new();
        let mut ended: Vec<bool> = Vec::new();
        for event in events {
            match &event.kind {
                // A reader numbers tasks in the order of creation.
                EventKind::TaskCreated { name, .. } => {
                    last.push((&**name).into());
                    ended.push(false);
                }
                EventKind::Renamed { task, name } if ended.get(at(*task)) == Some(&false) => {
                    last[at(*task)] = (&**name).into();
                }
                EventKind::Finished { task, .. } => {
                    if let Some(ended) = ended.get_mut(at(*task)) {
                        *ended = true;
                    }
                }
                _ => {}
            }
        }
        Self { last, nameless: "".into() }
    }

    fn last(&self, task: TaskId) -> &Arc<str> {
        self.last.get(at(task)).unwrap_or(&self.nameless)
    }
}

/// A place in a list of all tasks.
fn at(task: TaskId) -> usize {
    task.0 as usize
}

/// How a task began.
#[derive(Clone, Copy, Default)]
struct Beginning {
    /// Whether it was asked to cancel itself before that.
    struck: bool,
    steps: u32,
    /// When its first step began.
    first: f64,
}

/// A trace that is being read.
struct Reading<'a> {
    names: &'a Names,
    program: Option<&'a str>,
    seen: Observation,
    beginnings: Vec<Beginning>,
    /// The names that tasks have at the moment.
    now: HashMap<TaskId, Arc<str>>,
    iteration: u64,
    /// The loop that runs, and how many iterations had been before its own: each side counts those of a second loop
    /// in its own way, from 1 or on from the first's.
    running: Option<(LoopId, Option<u64>)>,
    /// Handles of sockets and of the wire below them: how many there are is each side's own business.
    network: HashSet<HandleId>,
    resources: HashMap<ResourceId, String>,
    /// How many there are of each kind.
    kinds: HashMap<&'static str, usize>,
}

impl<'a> Reading<'a> {
    fn new(names: &'a Names, program: Option<&'a str>) -> Self {
        let seen = Observation {
            log: Vec::new(),
            late: Vec::new(),
            tasks: Vec::new(),
            calls: Vec::new(),
            ran: Vec::new(),
            suspensions: Vec::new(),
            wakes: Vec::new(),
            makespan: 0.0,
            error: None,
        };
        let (beginnings, now, network) = (Vec::new(), HashMap::new(), HashSet::new());
        let (resources, kinds) = (HashMap::new(), HashMap::new());
        let (iteration, running) = (0, None);
        Self {
            names,
            program,
            seen,
            beginnings,
            now,
            iteration,
            running,
            network,
            resources,
            kinds,
        }
    }

    fn name(&self, task: TaskId) -> Arc<str> {
        self.names.last(task).clone()
    }

    fn take(&mut self, event: &Event) {
        let time = event.time;
        match &event.kind {
            EventKind::LoopRuns { id } => match self.running {
                None => self.running = Some((*id, Some(0))),
                Some((other, _)) if other != *id => self.running = Some((*id, None)),
                Some(_) => {}
            },
            EventKind::IterationBegan { number } => {
                let before = match &mut self.running {
                    Some((_, before)) => *before.get_or_insert(number - 1),
                    None => 0,
                };
                self.iteration = number - before;
            }
            EventKind::HandleScheduled { handle, kind: HandleKind::Network, .. }
            | EventKind::TimerSet { handle, kind: HandleKind::Network, .. } => {
                self.network.insert(*handle);
            }
            EventKind::HandleBegan { handle } if !self.network.contains(handle) => {
                self.ran(time, None);
            }
            EventKind::TaskCreated { parent, task, .. } => {
                self.seen.tasks.push(Task {
                    name: self.name(*task).to_string(),
                    parent: parent.map(|parent| self.name(parent).to_string()),
                    created: time,
                    start: None,
                    end: None,
                    outcome: Outcome::Pending,
                    exception: None,
                });
                self.beginnings.push(Beginning::default());
            }
            EventKind::Runs { task, coroutine } => self.seen.calls.push(Call {
                task: (*task, self.name(*task)),
                function: Some((&*coroutine.function).into()),
                arguments: coroutine.arguments.as_deref().map(Into::into),
                placed: coroutine.at.is_some(),
            }),
            EventKind::CancelRequested { task, .. } => {
                if let Some(beginning) = self.beginnings.get_mut(at(*task)) {
                    beginning.struck |= beginning.steps == 0;
                }
            }
            EventKind::StepBegan { task, .. } => {
                if let Some(beginning) = self.beginnings.get_mut(at(*task)) {
                    beginning.steps += 1;
                    if beginning.steps == 1 {
                        beginning.first = time;
                    }
                }
                self.ran(time, Some(self.name(*task)));
            }
            EventKind::Suspended { task, wait, at } => {
                let wait = self.wait(wait);
                self.began(*task);
                let (task, line) = (self.name(*task), self.line(at.as_ref()));
                self.seen.suspensions.push(Suspension { time, task, wait, line });
            }
            EventKind::Woken { task, by } => {
                let (task, by) = (self.name(*task), self.actor(*by));
                self.seen.wakes.push(Wake { time, task, by });
            }
            EventKind::Finished { task, outcome } => self.finished(time, *task, outcome),
            EventKind::Renamed { task, name } => {
                self.now.insert(*task, (&**name).into());
            }
            EventKind::ResourceCreated { id, kind } => self.created(*id, *kind),
            EventKind::Printed { task, text } => {
                // Only what has begun prints, though it was struck before and cancelled in the end.
                task.iter().for_each(|task| self.began(*task));
                let (task, text) = (task.map(|task| self.name(task)), text.to_string());
                self.seen.log.push(Entry { time, task, logged: false, text });
            }
            EventKind::Logged { task, log } => self.logged(time, *task, log),
            _ => {}
        }
    }

    fn ran(&mut self, time: f64, task: Option<Arc<str>>) {
        self.seen.ran.push(Step { time, iteration: self.iteration, task });
    }

    /// The task's coroutine has begun in its first step.
    fn began(&mut self, task: TaskId) {
        if let (Some(life), Some(beginning)) =
            (self.seen.tasks.get_mut(at(task)), self.beginnings.get(at(task)))
            && beginning.steps > 0
        {
            life.start = life.start.or(Some(beginning.first));
        }
    }

    fn finished(&mut self, time: f64, task: TaskId, outcome: &trace::Outcome) {
        // Struck before its first step and cancelled in it, nothing of it has run.
        let beginning = self.beginnings.get(at(task)).copied().unwrap_or_default();
        if !(beginning.struck && beginning.steps == 1 && *outcome == trace::Outcome::Cancelled) {
            self.began(task);
        }
        let Some(life) = self.seen.tasks.get_mut(at(task)) else { return };
        life.end = Some(time);
        (life.outcome, life.exception) = match outcome {
            trace::Outcome::Done => (Outcome::Done, None),
            trace::Outcome::Cancelled => (Outcome::Cancelled, None),
            trace::Outcome::Failed(text) => (Outcome::Failed, Some(text.to_string())),
        };
    }

    fn logged(&mut self, time: f64, task: Option<TaskId>, log: &trace::Log) {
        let mut text = log.message.to_string();
        if let Some(about) = log.about {
            let name = self.now.get(&about).unwrap_or_else(|| self.names.last(about));
            text += &format!(" [{name}]");
        }
        if let Some(error) = &log.error {
            text += &format!(": {error}");
        }
        if log.late {
            self.seen.late.push(text);
        } else {
            let task = task.map(|task| self.name(task));
            self.seen.log.push(Entry { time, task, logged: true, text });
        }
    }

    fn line(&self, at: Option<&Site>) -> Option<u32> {
        let program = self.program?;
        at.filter(|at| at.file().ends_with(program)).map(Site::line)
    }

    fn created(&mut self, id: ResourceId, kind: ResourceKind) {
        // CPython's recorder does not tell of these one by one; of a value, which is a plain attribute
        // there, not at all: what is read and written is compared where the program prints it.
        if matches!(
            kind,
            ResourceKind::Pool { .. }
                | ResourceKind::Link { .. }
                | ResourceKind::Server { .. }
                | ResourceKind::Value
                | ResourceKind::Other
        ) {
            return;
        }
        let kind = kind.noun();
        let number = self.kinds.entry(kind).or_default();
        *number += 1;
        self.resources.insert(id, format!("{kind} {number}"));
    }

    /// What is waited for, in words.
    fn wait(&self, wait: &Wait) -> String {
        match wait {
            Wait::NextIteration => "next turn".to_owned(),
            Wait::Sleep { until } => format!("sleep until {until:?}"),
            Wait::Future => "future".to_owned(),
            Wait::Task(task) => format!("task {}", self.names.last(*task)),
            Wait::Tasks { op, tasks } => {
                let mut names: Vec<&str> =
                    tasks.iter().map(|task| &**self.names.last(*task)).collect();
                // Those of a set come in any order.
                names.sort_unstable();
                format!("{} {}", op.name(), names.join(", "))
            }
            Wait::Resource { id, op } => match self.resources.get(id) {
                Some(resource) => format!("{} of {resource}", op.name()),
                None => op.name().to_owned(),
            },
            Wait::Op(op) => op.name().to_owned(),
            Wait::Unknown => "unknown".to_owned(),
        }
    }

    fn actor(&self, by: Actor) -> String {
        match by {
            Actor::Task(task) => self.names.last(task).to_string(),
            Actor::Timer(_) => "a timer".to_owned(),
            Actor::Timeout(_) => "a timeout".to_owned(),
            Actor::Network => "the network".to_owned(),
            Actor::Outside => "nobody".to_owned(),
        }
    }
}

/// A run for tests to compare.
#[cfg(test)]
pub(crate) fn sample() -> Observation {
    let example = examples::find("gather-order").expect("it is in the catalogue");
    let recorded = run::instant(example, &example.defaults(), 10_000);
    Observation::of(&crate::ended(recorded.events, recorded.end, recorded.error.as_ref()), None)
}

/// A task's name, or a dash outside of tasks.
struct Who<'a>(Option<&'a str>);

impl fmt::Display for Who<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.unwrap_or("-"))
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

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.logged { "WARNING " } else { "" };
        write!(f, "{:<6?} {:<8} {mark}{}", self.time, Who(self.task.as_deref()), self.text)
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}  of {}  created {:?}  start {}  end {}  {}",
            self.name,
            Who(self.parent.as_deref()),
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

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (function, arguments) = (self.function.as_deref(), self.arguments.as_deref());
        let arguments = arguments.unwrap_or("…");
        write!(f, "{}  {}({arguments})", self.task.1, function.unwrap_or("(a block)"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let task = self.task.as_deref().unwrap_or("(a callback)");
        write!(f, "{:?}  iteration {}  {task}", self.time, self.iteration)
    }
}

impl fmt::Display for Suspension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}  {}  {}", self.time, self.task, self.wait)
    }
}

impl fmt::Display for Wake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}  {}  by {}", self.time, self.task, self.by)
    }
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bad::Raised(text) => f.write_str(text),
            Bad::Stuck(blocked) => {
                write!(f, "can never finish; waiting: {}", blocked.join(", "))
            }
            Bad::Cut => f.write_str("cut off: too many steps"),
        }
    }
}
