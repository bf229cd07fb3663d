//! What happened in a run, from its trace.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use trace::{self, Event, EventKind, TaskId};

use super::machine::Machine;
use super::repr::clean;
use crate::conformance::observation::{Outcome, Step, Task};
use crate::differential::run::{Entry, Kind};

/// The parts of a run that its trace has.
#[derive(Default)]
pub struct Seen {
    pub log: Vec<Entry>,
    /// Warnings after the last loop was closed.
    pub late: Vec<String>,
    pub tasks: Vec<Task>,
    pub steps: Vec<Step>,
    pub suspensions: Vec<Step>,
}

/// How a task began.
#[derive(Default)]
struct Beginning {
    /// Whether it was asked to cancel itself before that.
    struck: bool,
    steps: u32,
    /// When its last step began.
    step: f64,
}

impl Beginning {
    /// Whether nothing but the cancellation may happen in the step.
    fn is_in_doubt(&self) -> bool {
        self.struck && self.steps == 1
    }
}

/// Reads a trace.
pub fn observe(machine: &Machine, events: &[Event]) -> Seen {
    let names = names(events);
    let name =
        |id: TaskId| names.get(id.0 as usize).map_or_else(String::new, |name| name.to_string());
    let closed = events.iter().rposition(|event| event.kind == EventKind::LoopClosed);
    let mut seen = Seen::default();
    let mut beginnings: Vec<Beginning> = Vec::new();
    // The names of tasks that got another after their end, of which only warnings know.
    let mut renamed: HashMap<TaskId, Rc<str>> = HashMap::new();
    for (place, event) in events.iter().enumerate() {
        let time = event.time;
        match &event.kind {
            EventKind::TaskCreated { task, parent, .. } => {
                seen.tasks.push(Task {
                    name: name(*task),
                    parent: parent.map(name),
                    created: time,
                    start: None,
                    end: None,
                    outcome: Outcome::Pending,
                    exception: None,
                });
                beginnings.push(Beginning::default());
            }
            EventKind::CancelRequested { task, .. } => {
                if let Some(beginning) = beginnings.get_mut(task.0 as usize) {
                    beginning.struck |= beginning.steps == 0 && !machine.has_begun(*task);
                }
            }
            EventKind::StepBegan { task, .. } => {
                let at = task.0 as usize;
                if let (Some(life), Some(beginning)) =
                    (seen.tasks.get_mut(at), beginnings.get_mut(at))
                {
                    beginning.steps += 1;
                    beginning.step = time;
                    if !beginning.is_in_doubt() {
                        life.start = life.start.or(Some(time));
                    }
                }
                seen.steps.push(Step { time, task: name(*task) });
            }
            EventKind::Suspended { task, .. } => {
                let at = task.0 as usize;
                if let (Some(life), Some(beginning)) = (seen.tasks.get_mut(at), beginnings.get(at))
                {
                    life.start = life.start.or(Some(beginning.step));
                }
                seen.suspensions.push(Step { time, task: name(*task) });
            }
            EventKind::Finished { task, outcome } => {
                let at = task.0 as usize;
                let Some(life) = seen.tasks.get_mut(at) else { continue };
                life.end = Some(time);
                if *outcome != trace::Outcome::Cancelled {
                    life.start = life.start.or(beginnings.get(at).map(|beginning| beginning.step));
                }
                (life.outcome, life.exception) = match outcome {
                    trace::Outcome::Done => (Outcome::Done, None),
                    trace::Outcome::Cancelled => (Outcome::Cancelled, None),
                    trace::Outcome::Failed(text) => (Outcome::Failed, Some(clean(text))),
                };
            }
            EventKind::Renamed { task, name } => {
                renamed.insert(*task, name.clone());
            }
            EventKind::Printed { task, text } => {
                let (task, text) = (task.map(name), text.to_string());
                seen.log.push(Entry { time, task, kind: Kind::Print, text });
            }
            EventKind::Logged { task, log } => {
                let trace::Log { message, about, error } = &**log;
                let mut text = message.to_string();
                if let Some(about) = about {
                    let now =
                        renamed.get(about).map_or_else(|| name(*about), |name| name.to_string());
                    text += &format!(" [{now}]");
                }
                if let Some(error) = error {
                    text += &format!(": {error}");
                }
                let text = clean(&text);
                if machine.is_late(place, closed) {
                    seen.late.push(text);
                } else {
                    seen.log.push(Entry { time, task: task.map(name), kind: Kind::Warning, text });
                }
            }
            _ => {}
        }
    }
    seen.late.sort();
    seen
}

/// The last name that each task had before it ended.
fn names(events: &[Event]) -> Vec<Rc<str>> {
    let mut names: Vec<Rc<str>> = Vec::new();
    let mut ended = HashSet::new();
    for event in events {
        match &event.kind {
            EventKind::TaskCreated { name, .. } => names.push(name.clone()),
            EventKind::Renamed { task, name } if !ended.contains(task) => {
                if let Some(known) = names.get_mut(task.0 as usize) {
                    *known = name.clone();
                }
            }
            EventKind::Finished { task, .. } => {
                ended.insert(*task);
            }
            _ => {}
        }
    }
    names
}
