//! From a trace to what is drawn: lanes, spans, links, figures. Pure.
//!
//! ```
//! use asyncio::{Run, Status, gather, sleep};
//! use executor::VirtualClock;
//! use timeline::Timeline;
//! use trace::Trace;
//! let main = || async { gather([sleep(1.0), sleep(2.0)]).await.map(|_| ()) };
//! let mut run = Run::new(VirtualClock, Trace::on(), main);
//! while run.step() != Status::Ended {}
//! let timeline = Timeline::new(&run.trace().snapshot(), run.time());
//! assert_eq!(timeline.tasks[0].name.as_ref(), "Task-1");
//! assert!(timeline.figures.speed_up > 1.0);
//! ```

mod figures;
mod lanes;
mod resources;

pub use figures::{Category, Figures, most_at_once};
pub use resources::{Hold, ResourceLane};

use std::rc::Rc;
use trace::{Cause, Event, Outcome, Source, TaskId, Whence};

/// What a run, or a run so far, looks like. All times are seconds of loop time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// A lane for each task: children below their parents, otherwise in order of creation.
    pub tasks: Vec<TaskLane>,
    /// A lane for each resource, in order of creation.
    pub resources: Vec<ResourceLane>,
    /// Who created, woke and cancelled whom.
    pub links: Vec<Link>,
    /// What was printed and logged.
    pub lines: Vec<Line>,
    /// Where it ends, or has come to.
    pub end: f64,
    /// What it comes to in numbers.
    pub figures: Figures,
}

/// The life of one task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskLane {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: Rc<str>,
    /// The task that created it.
    pub parent: Option<TaskId>,
    /// How many parents it has above it.
    pub depth: usize,
    /// When it was created.
    pub created: f64,
    /// When its first step began; never if it was cancelled before.
    pub started: Option<f64>,
    /// When it ended.
    pub ended: Option<f64>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What it did, without gaps from its creation to its end. Spans may have no length: on a
    /// virtual clock a step takes no time.
    pub spans: Vec<Span>,
}

/// A stretch of a task's life.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Its beginning.
    pub from: f64,
    /// Its end, or the end of the timeline while it lasts.
    pub to: f64,
    /// What the task was doing.
    pub state: State,
}

/// What a task may be doing.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// In the ready queue, or due while the loop was held by somebody else.
    Scheduled,
    /// In a step.
    Running,
    /// In a step that holds the loop.
    Blocking,
    /// Suspended.
    Waiting {
        /// On what.
        cause: Cause,
        /// The line of the program that awaits.
        at: Option<Whence>,
        /// The deadline of the nearest timeout around it.
        until: Option<f64>,
        /// On whose account it ended.
        woken_by: Option<Source>,
    },
}

/// One task acting on another, at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// When.
    pub time: f64,
    /// What was done.
    pub kind: LinkKind,
    /// Who did it.
    pub from: TaskId,
    /// To whom.
    pub to: TaskId,
}

/// What one task may do to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Create it.
    Created,
    /// Wake it.
    Woke,
    /// Ask it to cancel itself.
    Cancelled,
}

/// A line that was printed or logged.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// When.
    pub time: f64,
    /// By which task, if by one.
    pub task: Option<TaskId>,
    /// The line, without its end.
    pub text: Rc<str>,
    /// Whether it was logged: what CPython says on its own account, such as an exception that was
    /// never retrieved.
    pub logged: bool,
}

impl Timeline {
    /// The timeline of the events so far, where loop time has come to `now`.
    pub fn new(events: &[Event], now: f64) -> Self {
        let end = events.last().map_or(now, |event| event.time.max(now));
        let mut timeline = lanes::fold(events, end);
        timeline.resources = resources::fold(events, end);
        timeline.figures = Figures::of(&timeline);
        timeline
    }

    /// The timeline of a run that is still going, as far as loop time `now`: blocking work may have
    /// put events ahead of it.
    pub fn until(events: &[Event], now: f64) -> Self {
        let happened = events.partition_point(|event| event.time <= now);
        Timeline::new(&events[..happened], now)
    }

    /// The lane of a task.
    pub fn task(&self, id: TaskId) -> Option<&TaskLane> {
        self.tasks.iter().find(|lane| lane.id == id)
    }

    /// Where each task that is suspended at `time` stands: the line of the program that awaits.
    pub fn standing(&self, time: f64) -> Vec<(TaskId, u32)> {
        let lanes = self.tasks.iter();
        lanes.filter_map(|lane| Some((lane.id, lane.at(time)?.line()?))).collect()
    }
}

impl TaskLane {
    /// The span at a moment: the last that has begun, if the task is not over.
    pub fn at(&self, time: f64) -> Option<&Span> {
        if self.ended.is_some_and(|ended| ended <= time) {
            return None;
        }
        self.spans.iter().rev().find(|span| span.from <= time)
    }
}

impl Span {
    /// Its length in seconds.
    pub fn seconds(&self) -> f64 {
        self.to - self.from
    }

    /// Whether it is the task's own work: it sleeps, which stands for work, or holds the loop.
    pub fn is_work(&self) -> bool {
        match &self.state {
            State::Blocking => true,
            State::Waiting { cause, .. } => matches!(cause, Cause::Sleep { .. }),
            State::Scheduled | State::Running => false,
        }
    }

    /// The line of the program that awaits.
    pub fn line(&self) -> Option<u32> {
        match &self.state {
            State::Waiting { at, .. } => at.map(|at| at.line()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
