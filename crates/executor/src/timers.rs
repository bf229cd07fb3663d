//! The heap of timers.

use super::Handle;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Handles by deadline; of equal deadlines the one scheduled first comes first.
#[derive(Default)]
pub(super) struct Timers {
    heap: BinaryHeap<Timer>,
    scheduled: u64,
}

/// So many cancelled timers in a row are taken out one by one.
const FEW: usize = 100;

struct Timer {
    when: f64,
    seq: u64,
    handle: Handle,
}

impl Timers {
    pub(super) fn push(&mut self, when: f64, handle: Handle) {
        self.heap.push(Timer { when, seq: self.scheduled, handle });
        self.scheduled += 1;
    }

    /// Whether there is none, cancelled ones counting.
    pub(super) fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    /// The next deadline, having dropped cancelled timers before it.
    pub(super) fn next_deadline(&mut self) -> Option<f64> {
        for _ in 0..FEW {
            match self.heap.peek() {
                Some(timer) if timer.handle.cancelled() => drop(self.heap.pop()),
                next => return next.map(|timer| timer.when),
            }
        }
        // One by one they would cost more than all at once.
        self.heap.retain(|timer| !timer.handle.cancelled());
        self.heap.peek().map(|timer| timer.when)
    }

    /// Takes the next timer whose deadline is before `end`.
    pub(super) fn pop_before(&mut self, end: f64) -> Option<Handle> {
        (self.next_deadline()? < end).then(|| self.heap.pop())?.map(|timer| timer.handle)
    }

    /// Takes the next timer.
    pub(super) fn pop(&mut self) -> Option<Handle> {
        self.next_deadline()?;
        self.heap.pop().map(|timer| timer.handle)
    }

    /// The timers that were not cancelled, in the order in which they are due.
    pub(super) fn in_order(&self) -> Vec<(f64, trace::HandleId)> {
        let mut timers: Vec<_> =
            self.heap.iter().filter(|timer| !timer.handle.cancelled()).collect();
        timers.sort_by(|a, b| b.cmp(a));
        timers.iter().map(|timer| (timer.when, timer.handle.slot().id.get())).collect()
    }

    /// Takes all timers out.
    pub(super) fn drain(&mut self) -> Vec<Handle> {
        self.heap.drain().map(|timer| timer.handle).collect()
    }
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> Ordering {
        // Reversed: the standard heap yields its greatest first.
        other.when.total_cmp(&self.when).then(other.seq.cmp(&self.seq))
    }
}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Timer {}
