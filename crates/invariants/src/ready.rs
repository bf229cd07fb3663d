//! The ready queue: first in, first out, each once, and an iteration runs what was there when it began. Timers: the
//! earliest first, and none before its time.

use crate::Tell;
use std::collections::{BTreeSet, HashMap, VecDeque};
use trace::{Event, EventKind, HandleId, LoopId, Ready};

/// How much before its time a timer may come due: the resolution of CPython's clock, in seconds.
const RESOLUTION: f64 = 1e-9;

/// What is ready.
#[derive(Default)]
pub struct Queue {
    /// In order, and whether it was cancelled meanwhile: then it keeps its place, and does not run.
    ready: VecDeque<(Ready, bool)>,
    /// How many of them are of this iteration.
    left: usize,
    timers: HashMap<HandleId, f64>,
    /// More than one has queues of its own, which the trace does not tell apart.
    loops: BTreeSet<LoopId>,
}

impl Queue {
    /// Takes the next event into account.
    pub fn apply(&mut self, event: &Event, tell: Tell) {
        match &event.kind {
            EventKind::LoopRuns { id } => _ = self.loops.insert(*id),
            EventKind::TaskCreated { task, eager: false, .. } | EventKind::Woken { task, .. } => {
                self.enter(Ready::Step(*task), tell);
            }
            EventKind::HandleScheduled { handle, .. } => self.enter(Ready::Call(*handle), tell),
            EventKind::StepBegan { task, .. } => self.begin(Ready::Step(*task), tell),
            EventKind::HandleBegan { handle } => self.begin(Ready::Call(*handle), tell),
            EventKind::TimerSet { handle, due, .. } => _ = self.timers.insert(*handle, *due),
            EventKind::TimerFired { handle } => self.fire(*handle, event.time, tell),
            EventKind::HandleCancelled { handle } => {
                self.timers.remove(handle);
                let call = Ready::Call(*handle);
                self.ready
                    .iter_mut()
                    .filter(|(ready, _)| *ready == call)
                    .for_each(|it| it.1 = true);
            }
            EventKind::IterationBegan { .. } => {
                while self.left > 0 && self.ready.front().is_some_and(|(_, cancelled)| *cancelled) {
                    self.ready.pop_front();
                    self.left -= 1;
                }
                self.left = self.ready.len();
            }
            EventKind::LoopClosed => {
                self.ready.clear();
                self.timers.clear();
                self.left = 0;
            }
            _ => {}
        }
    }

    /// Nothing is ready where loop time moves by itself.
    pub fn idle(&self, tell: Tell) {
        let ready = self.ready.iter().find(|(_, cancelled)| !cancelled);
        if let (Some((ready, _)), false) = (ready, self.has_several()) {
            tell(format!("{ready:?} is ready, and does not run"));
        }
    }

    fn has_several(&self) -> bool {
        self.loops.len() > 1
    }

    fn enter(&mut self, ready: Ready, tell: Tell) {
        if self.ready.contains(&(ready, false)) {
            tell(format!("{ready:?} is ready twice"));
        }
        self.ready.push_back((ready, false));
    }

    fn begin(&mut self, begins: Ready, tell: Tell) {
        let Some(place) = self.ready.iter().position(|ready| *ready == (begins, false)) else {
            // The first step of an eager task is inside another's; that it began at all is looked at with its life.
            if matches!(begins, Ready::Call(_)) {
                tell(format!("{begins:?} runs without being ready"));
            }
            return;
        };
        if let Some((first, _)) = self.ready.iter().take(place).find(|(_, cancelled)| !cancelled)
            && !self.has_several()
        {
            tell(format!("{begins:?} runs before {first:?}, which was ready earlier"));
        }
        if place >= self.left && !self.has_several() {
            tell(format!("{begins:?} runs in the iteration in which it became ready"));
        }
        self.ready.drain(..=place);
        self.left = self.left.saturating_sub(place + 1);
    }

    fn fire(&mut self, handle: HandleId, time: f64, tell: Tell) {
        let Some(due) = self.timers.remove(&handle) else {
            tell(format!("{handle:?} comes due without being set"));
            return;
        };
        if due > (time + RESOLUTION).max(time.next_up()) {
            tell(format!("{handle:?} comes due at {time}, before {due}"));
        }
        let earlier =
            |other: HandleId, when: f64| when < due || (when == due && other.0 < handle.0);
        if let Some((other, _)) = self.timers.iter().find(|(other, when)| earlier(**other, **when))
            && !self.has_several()
        {
            tell(format!("{handle:?} comes due before {other:?}, which is due or was set earlier"));
        }
        self.enter(Ready::Call(handle), tell);
    }
}
