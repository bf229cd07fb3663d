//! What lies between lanes or across them: flows, lines, and stretches in which the loop was held.

use std::rc::Rc;
use trace::TaskId;

/// One task acting on another, at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// When.
    pub time: f64,
    /// What was done.
    pub kind: FlowKind,
    /// Who did it.
    pub from: TaskId,
    /// To whom.
    pub to: TaskId,
}

/// What one task may do to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowKind {
    /// Create it.
    Created,
    /// Wake it.
    Woke,
    /// Ask it to cancel itself.
    Cancelled,
    /// Raise in it: the exception by which it ended is raised where the other awaited it. Told where the trace leaves no
    /// doubt: not of a `gather` whose last task failed, which may have been asked to return exceptions, nor of a group,
    /// which cancels who is in it.
    Raised,
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

/// A stretch in which work held the loop: nobody else could run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Since when.
    pub from: f64,
    /// Until when, or the end of the timeline while it lasts.
    pub to: f64,
    /// The task whose step held it; none for a callback, or for what is outside of tasks.
    pub by: Option<TaskId>,
}
