//! The order of a run: what the loop ran, turn by turn and iteration by iteration.
//!
//! A *place* in the order is a number of events: so many have happened, and no more. Events of the same moment have
//! places of their own, which a time cannot tell apart.
//!
//! ```
//! use timeline::{Order, Stride};
//! use trace::{Event, EventKind, TaskId, Wait};
//! let task = TaskId(0);
//! let kinds = [
//!     EventKind::TaskCreated { task, parent: None, name: "main".into(), eager: false },
//!     EventKind::IterationBegan { number: 1 },
//!     EventKind::StepBegan { task, drift: 0.0 },
//!     EventKind::Suspended { task, wait: Wait::Future, at: None },
//! ];
//! let order = Order::new(kinds.map(|kind| Event { time: 0.0, kind }).into());
//! assert_eq!(order.turns()[0].events, 2..4);
//! assert_eq!(order.forward(1, Stride::Step), 4);
//! assert_eq!(order.back(4, Stride::Step), 0);
//! ```

mod agenda;
mod checkpoints;
mod columns;
mod questions;
mod survey;

pub use agenda::{Agenda, Entry, Timer};
pub use columns::{Call, Columns};
pub use questions::{Ask, Question};

use self::checkpoints::Checkpoints;
use crate::{Shared, Timeline};
use std::cell::RefCell;
use std::ops::Range;
use trace::{Event, EventKind, HandleKind, Ready};

/// Something that the loop ran: a step of a task, or a callback, with all that it set off.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// What was run.
    pub what: Ready,
    /// The events of it, as indices: the first says that it began.
    pub events: Range<usize>,
    /// The event by which it got into the ready queue, if one is known.
    pub entered: Option<usize>,
    /// The event that set its timer, if it had one.
    pub set: Option<usize>,
    /// Whether it ran inside another turn: the first step of an eager task.
    pub nested: bool,
}

/// An iteration of the loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Iteration {
    /// Its number, as its loop counts.
    pub number: u64,
    /// When it began, in seconds of loop time.
    pub time: f64,
    /// Its events, as indices; those of the timers that came due for it are the first.
    pub events: Range<usize>,
    /// Its turns, as indices.
    pub turns: Range<usize>,
}

/// How far one goes at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stride {
    /// To the next event worth telling.
    Event,
    /// To the end of what the loop runs next.
    Step,
    /// To the end of the iteration of the loop.
    Iteration,
}

/// The order of a run. It keeps the events, so that any place can be looked at.
#[derive(Clone, Debug, Default)]
pub struct Order {
    events: Vec<Event>,
    turns: Vec<Turn>,
    iterations: Vec<Iteration>,
    checkpoints: RefCell<Checkpoints>,
}

impl Order {
    /// The order of these events, which are all of a run from the first: one pass.
    pub fn new(events: Vec<Event>) -> Self {
        let (turns, iterations) = survey::survey(&events);
        Order { events, turns, iterations, checkpoints: RefCell::default() }
    }

    /// All events.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The turns, in order.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// The iterations of the loop, in order.
    pub fn iterations(&self) -> &[Iteration] {
        &self.iterations
    }

    /// The last place: all has happened.
    pub fn last(&self) -> usize {
        self.events.len()
    }

    /// The place where everything has happened that happened up to a moment, in seconds of loop time.
    pub fn place(&self, time: f64) -> usize {
        self.events.partition_point(|event| event.time <= time)
    }

    /// Loop time at a place, in seconds.
    pub fn time(&self, place: usize) -> f64 {
        let event = place.checked_sub(1).and_then(|last| self.events.get(last));
        event.map_or(0.0, |event| event.time)
    }

    /// The run as it stands at a place, where loop time has come to `now`: nothing later is in it.
    pub fn timeline(&self, place: usize, now: f64) -> Timeline {
        Timeline::new(&self.events[..place.min(self.last())], now)
    }

    /// The same to be shared and followed on. Of a long run beginnings are kept, so that going back is not folding all
    /// from the start.
    pub fn shared(&self, place: usize, now: f64) -> Shared {
        let place = place.min(self.last());
        Shared::of(self.checkpoints.borrow_mut().fold(&self.events, place, now))
    }

    /// The turn that the last event before a place belongs to, and not to one inside it.
    pub fn turn_at(&self, place: usize) -> Option<&Turn> {
        let begun = self.turns.partition_point(|turn| turn.events.start < place);
        let last = self.turns[..begun].iter().rev().find(|turn| !turn.nested)?;
        (place <= last.events.end).then_some(last)
    }

    /// The iteration that the last event before a place belongs to.
    pub fn iteration_at(&self, place: usize) -> Option<&Iteration> {
        let begun = self.iterations.partition_point(|iteration| iteration.events.start < place);
        self.iterations[..begun].last()
    }

    /// The next place at which one stops.
    pub fn forward(&self, place: usize, stride: Stride) -> usize {
        let next = match stride {
            Stride::Event => (place + 1..=self.last()).find(|place| self.is_told(*place)),
            Stride::Step => {
                let after = self.turns.partition_point(|turn| turn.events.start < place);
                let turns = self.turns[after.saturating_sub(1)..].iter();
                let own = self.turn_at(place).filter(|turn| place < turn.events.end);
                let next = turns.filter(|turn| !turn.nested && turn.events.end > place);
                own.into_iter().chain(next).next().map(|turn| turn.events.end)
            }
            Stride::Iteration => {
                let iterations = &self.iterations;
                let after = iterations.partition_point(|iteration| iteration.events.end <= place);
                iterations.get(after).map(|iteration| iteration.events.end)
            }
        };
        next.unwrap_or(self.last())
    }

    /// The place before at which one stops.
    pub fn back(&self, place: usize, stride: Stride) -> usize {
        let before = match stride {
            Stride::Event => (1..place).rev().find(|place| self.is_told(*place)),
            Stride::Step => {
                let begun = self.turns.partition_point(|turn| turn.events.start < place);
                let mut turns = self.turns[..begun].iter().rev();
                turns
                    .find(|turn| !turn.nested && turn.events.end < place)
                    .map(|turn| turn.events.end)
            }
            Stride::Iteration => {
                let iterations = &self.iterations;
                let over = iterations.partition_point(|iteration| iteration.events.end < place);
                over.checked_sub(1).map(|last| iterations[last].events.end)
            }
        };
        before.unwrap_or(0)
    }

    /// Whether the event before a place is worth telling by itself.
    fn is_told(&self, place: usize) -> bool {
        let quiet = |event: &Event| match &event.kind {
            EventKind::Unknown(_)
            | EventKind::LoopRuns { .. }
            | EventKind::LoopClosed
            | EventKind::IterationBegan { .. }
            | EventKind::HandleEnded { .. }
            | EventKind::ResourceCreated { .. }
            | EventKind::ResourceNamed { .. }
            | EventKind::Runs { .. }
            | EventKind::Renamed { .. } => true,
            EventKind::HandleScheduled { kind, .. } | EventKind::TimerSet { kind, .. } => {
                matches!(kind, HandleKind::Internal | HandleKind::Sleep)
            }
            _ => false,
        };
        self.events.get(place.wrapping_sub(1)).is_some_and(|event| !quiet(event))
    }
}
