//! Finds the turns and the iterations of a run.

use super::{Iteration, Turn};
use std::collections::{HashMap, HashSet};
use trace::{Event, EventKind, Ready, TaskId};

/// The turns and iterations of these events.
pub(super) fn survey(events: &[Event]) -> (Vec<Turn>, Vec<Iteration>) {
    let mut survey = Survey::default();
    for (n, event) in events.iter().enumerate() {
        survey.take(n, event);
    }
    survey.close_all(events.len());
    survey.end_iteration(events.len());
    (survey.turns, survey.iterations)
}

#[derive(Default)]
struct Survey {
    turns: Vec<Turn>,
    iterations: Vec<Iteration>,
    /// The turns that go on, the innermost last.
    open: Vec<usize>,
    /// Eager tasks that have not begun: their first step is inside another's.
    eager: HashSet<TaskId>,
    entered: HashMap<Ready, usize>,
    set: HashMap<Ready, usize>,
    /// The first event after the last turn: it belongs to the iteration to come.
    idle: Option<usize>,
}

impl Survey {
    fn take(&mut self, n: usize, event: &Event) {
        match &event.kind {
            EventKind::IterationBegan { number } => {
                self.close_all(n);
                let begin = self.idle.unwrap_or(n);
                self.end_iteration(begin);
                let turns = self.turns.len()..self.turns.len();
                self.iterations.push(Iteration {
                    number: *number,
                    time: event.time,
                    events: begin..n + 1,
                    turns,
                });
            }
            EventKind::LoopRuns { .. } | EventKind::LoopClosed => self.close_all(n),
            EventKind::TimerFired { handle } => {
                self.close_all(n);
                self.entered.insert(Ready::Call(*handle), n);
            }
            EventKind::TaskCreated { task, eager, .. } => {
                if *eager {
                    self.eager.insert(*task);
                } else {
                    self.entered.insert(Ready::Step(*task), n);
                }
            }
            // Only what is not there enters the queue.
            EventKind::Woken { task, .. } => {
                self.entered.entry(Ready::Step(*task)).or_insert(n);
            }
            EventKind::HandleScheduled { handle, .. } => {
                self.entered.insert(Ready::Call(*handle), n);
            }
            EventKind::TimerSet { handle, .. } => {
                self.set.insert(Ready::Call(*handle), n);
            }
            EventKind::StepBegan { task, .. } => {
                let nested = self.eager.remove(task) && !self.open.is_empty();
                self.begin(n, Ready::Step(*task), nested);
            }
            EventKind::HandleBegan { handle } => self.begin(n, Ready::Call(*handle), false),
            EventKind::Suspended { task, .. } | EventKind::Finished { task, .. } => {
                self.end_nested(n + 1, *task);
            }
            _ => {}
        }
        if self.open.is_empty() {
            self.idle.get_or_insert(n);
        }
    }

    fn begin(&mut self, n: usize, what: Ready, nested: bool) {
        if !nested {
            self.close_all(n);
        }
        self.idle = None;
        self.open.push(self.turns.len());
        let (entered, set) = (self.entered.remove(&what), self.set.remove(&what));
        self.turns.push(Turn { what, events: n..n + 1, entered, set, nested });
    }

    /// A step ends; that of an outermost turn goes on to the next, with what its end sets off.
    fn end_nested(&mut self, end: usize, task: TaskId) {
        let own = |turn: &usize| self.turns[*turn].what == Ready::Step(task);
        if let Some(place) = self.open.iter().rposition(own).filter(|place| *place > 0) {
            for turn in self.open.drain(place..) {
                self.turns[turn].events.end = end;
            }
        }
    }

    fn close_all(&mut self, end: usize) {
        for turn in self.open.drain(..) {
            self.turns[turn].events.end = end;
        }
    }

    /// Ends the iteration that goes on, where another begins.
    fn end_iteration(&mut self, end: usize) {
        let turns = self.turns.len();
        if let Some(last) = self.iterations.last_mut() {
            last.events.end = end;
            last.turns.end = turns;
        }
    }
}
