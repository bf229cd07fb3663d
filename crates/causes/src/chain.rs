//! Why something ran when it did, back to the start.

use crate::Piece;
use crate::graph::{Causes, Link, Why};
use trace::{Actor, EventKind, Ready, TaskId};

/// A link of a chain of causes, told from its effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// The event with which the effect began, as an index.
    pub event: usize,
    /// When that was, in seconds.
    pub time: f64,
    /// Whose step it was; none for a callback, and for what is beside the loop.
    pub task: Option<TaskId>,
    /// Why it ran.
    pub reason: Reason,
    /// What lies between it and its cause, in order of time; nothing where it takes no time.
    pub pieces: Vec<Piece>,
}

/// Why something ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The run begins with it.
    Start,
    /// It was created by this task, or from outside.
    Created(Option<TaskId>),
    /// It was woken, on this account.
    Woken(Actor),
    /// It was asked to cancel itself, on this account.
    Cancelled(Actor),
    /// Its timer came due.
    Timer,
    /// It was called on this account.
    Called(Actor),
    /// A job ended.
    Job,
    /// Something came by the network.
    Network,
    /// The script went on.
    Script,
    /// It was ready, and what held the loop before it was over.
    Loop,
    /// It is not known why.
    Unknown,
}

impl Causes<'_> {
    /// The step of a task that has begun last, when so many events have happened: its first event, as an index.
    pub fn step_of(&self, task: TaskId, place: usize) -> Option<usize> {
        let turns = self.order().turns();
        let begun = turns.partition_point(|turn| turn.events.start < place);
        let own = turns[..begun].iter().rev().find(|turn| turn.what == Ready::Step(task))?;
        Some(own.events.start)
    }

    /// The task on whose account something happens at an event, if it is a task's: whose step it is, or who set its timer.
    pub fn whom(&self, event: usize) -> Option<TaskId> {
        let by = |n: usize| match &self.events()[n].kind {
            EventKind::TimerSet { by: Actor::Task(task), .. }
            | EventKind::HandleScheduled { by: Actor::Task(task), .. } => Some(*task),
            _ => None,
        };
        match &self.events()[event].kind {
            EventKind::TimerFired { handle } => {
                let set = |event: &trace::Event| matches!(&event.kind, EventKind::TimerSet { handle: set, .. } if set == handle);
                by(self.events()[..event].iter().rposition(set)?)
            }
            // What runs in it first.
            EventKind::IterationBegan { .. } => {
                let turns = self.order().turns();
                let next = turns.partition_point(|turn| turn.events.start < event);
                self.whom(turns.get(next)?.events.start)
            }
            _ => match self
                .turn(self.node_of(event))
                .map(|turn| (turn.what, turn.set.or(turn.entered)))
            {
                Some((Ready::Step(task), _)) => Some(task),
                Some((Ready::Call(_), made)) => by(made?),
                None => self.whose(event).0,
            },
        }
    }

    /// Why the step, the callback or the event beside the loop at an event ran, back to where the run begins. Links
    /// that only pass something on (a callback of asyncio's own, an event of the same moment) are left out.
    pub fn chain(&self, event: usize) -> Vec<Cause> {
        let mut chain: Vec<Cause> = Vec::new();
        let first = self.node_of(event);
        let mut effect = first;
        let mut passed: Vec<Piece> = Vec::new();
        self.walk(first, |stride| {
            let node = self.nodes()[effect];
            let at_first = chain.is_empty() && effect == first;
            let mut pieces = stride.pieces;
            if at_first {
                // What it does itself is no cause of it.
                pieces.retain(|piece| piece.to <= node.begin);
            }
            passed.append(&mut pieces);
            let task = match self.turn(effect).map(|turn| turn.what) {
                Some(Ready::Step(task)) => Some(task),
                _ => None,
            };
            let reason = self.reason(stride.link, stride.node == effect);
            if at_first || task.is_some() || !passed.is_empty() {
                let mut pieces = std::mem::take(&mut passed);
                pieces.reverse();
                chain.push(Cause { event: node.event, time: node.begin, task, reason, pieces });
            }
            effect = stride.node;
            true
        });
        chain
    }

    fn reason(&self, link: Option<Link>, start: bool) -> Reason {
        let Some(link) = link else { return if start { Reason::Start } else { Reason::Loop } };
        match link.why {
            Why::Timer(trace::HandleKind::Network) | Why::Bytes(_) => return Reason::Network,
            Why::Timer(_) => return Reason::Timer,
            Why::Job(_) => return Reason::Job,
            Why::Script => return Reason::Script,
            Why::Unknown => return Reason::Unknown,
            Why::Ready => {}
        }
        match &self.events()[link.event].kind {
            EventKind::TaskCreated { parent, .. } => Reason::Created(*parent),
            EventKind::Woken { task, by } => {
                // Told before the wake-up, if that is why.
                let asked = self.events()[..link.event].iter().rev().take(2).any(|event| {
                    matches!(&event.kind, EventKind::CancelRequested { task: asked, by: asker }
                        if asked == task && asker == by)
                });
                if asked { Reason::Cancelled(*by) } else { Reason::Woken(*by) }
            }
            EventKind::HandleScheduled { by, .. } => Reason::Called(*by),
            EventKind::JobEnded { .. } => Reason::Job,
            EventKind::BytesArrived { .. } => Reason::Network,
            _ => Reason::Unknown,
        }
    }
}
