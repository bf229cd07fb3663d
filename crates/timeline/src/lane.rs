//! The lanes of tasks.

use std::rc::Rc;
use trace::{Actor, Coroutine, Outcome, Site, TaskId, Wait};

/// The life of one task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskLane {
    /// The task.
    pub id: TaskId,
    /// Its name.
    pub name: Rc<str>,
    /// What it runs, where that was told.
    pub coroutine: Option<Rc<Coroutine>>,
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
    /// When it was asked to cancel itself, and by whom.
    pub cancels: Vec<Cancel>,
    /// What it did, without gaps from its creation to its end. Spans may have no length: on a
    /// virtual clock a step takes no time.
    pub spans: Vec<Span>,
}

/// A request to a task to cancel itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cancel {
    /// When it was asked.
    pub time: f64,
    /// By whom.
    pub by: Actor,
    /// Whether the task waited then, and was woken by that: not what was woken already, or goes on to wait.
    pub woke: bool,
}

impl TaskLane {
    /// The span at a moment: the last that has begun, if the task is not over.
    pub fn at(&self, time: f64) -> Option<&Span> {
        if self.ended.is_some_and(|ended| ended <= time) {
            return None;
        }
        let begun = self.spans.partition_point(|span| span.from <= time);
        self.spans[..begun].last()
    }

    /// Who ended a span by asking the task to cancel itself, if somebody did: the last, for one that came at its
    /// beginning has ended the span before.
    pub fn cancelled_in(&self, span: &Span) -> Option<&Cancel> {
        let State::Waiting { woken_by: Some(by), .. } = span.state else { return None };
        let asked = |cancel: &&Cancel| {
            cancel.woke && span.from <= cancel.time && cancel.time <= span.to && cancel.by == by
        };
        self.cancels.iter().rfind(asked)
    }
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
    /// In the ready queue.
    Ready,
    /// In a step.
    Running,
    /// In a step that holds the loop.
    Blocking,
    /// Suspended.
    Waiting {
        /// On what.
        cause: Wait,
        /// The line of the program that awaits.
        at: Option<Site>,
        /// The deadline of the nearest timeout around it.
        until: Option<f64>,
        /// On whose account it ended.
        woken_by: Option<Actor>,
    },
    /// Due and not served: its sleep is over, but the loop is held and sees to no timer.
    Due,
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
            State::Waiting { cause, .. } => matches!(cause, Wait::Sleep { .. }),
            State::Ready | State::Running | State::Due => false,
        }
    }

    /// Whether the task could go on, if the loop came to it: it is ready, or its sleep is over.
    pub fn is_held_up(&self) -> bool {
        matches!(self.state, State::Ready | State::Due)
    }

    /// The places that await one another while it waits, as far as they are known: the outermost first.
    pub fn frames(&self) -> Vec<&Site> {
        match &self.state {
            State::Waiting { at: Some(at), .. } => at.frames(),
            _ => Vec::new(),
        }
    }

    /// The line of the program that awaits.
    pub fn line(&self) -> Option<u32> {
        match &self.state {
            State::Waiting { at, .. } => at.as_ref().map(Site::line),
            _ => None,
        }
    }
}
