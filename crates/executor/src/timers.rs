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
    /// The deadline as a number of the same order, then which was set first: compared without a branch.
    place: (u64, u64),
    handle: Handle,
}

/// Marks what is not negative.
const SIGN: u64 = 1 << 63;

impl Timer {
    fn new(when: f64, seq: u64, handle: Handle) -> Self {
        let bits = when.to_bits();
        // As `f64::total_cmp` has it.
        let order = if bits & SIGN == 0 { bits | SIGN } else { !bits };
        Timer { place: (order, seq), handle }
    }

    fn when(&self) -> f64 {
        let order = self.place.0;
        f64::from_bits(if order & SIGN == 0 { !order } else { order & !SIGN })
    }
}

impl Timers {
    pub(super) fn push(&mut self, when: f64, handle: Handle) {
        self.heap.push(Timer::new(when, self.scheduled, handle));
        self.scheduled += 1;
    }

    /// Whether there is none, cancelled ones counting.
    pub(super) fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    /// The next deadline, having dropped cancelled timers before it.
    #[inline]
    pub(super) fn next_deadline(&mut self) -> Option<f64> {
        match self.heap.peek() {
            Some(timer) if timer.handle.cancelled() => self.deadline_behind_cancelled(),
            next => next.map(Timer::when),
        }
    }

    #[cold]
    fn deadline_behind_cancelled(&mut self) -> Option<f64> {
        for _ in 0..FEW {
            match self.heap.peek() {
                Some(timer) if timer.handle.cancelled() => drop(self.heap.pop()),
                next => return next.map(Timer::when),
            }
        }
        // One by one they would cost more than all at once.
        self.heap.retain(|timer| !timer.handle.cancelled());
        self.heap.peek().map(Timer::when)
    }

    /// Takes the next timer whose deadline is before `end`.
    pub(super) fn pop_before(&mut self, end: f64) -> Option<Handle> {
        if self.next_deadline()? < end { self.heap.pop().map(|timer| timer.handle) } else { None }
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
        timers.iter().map(|timer| (timer.when(), timer.handle.slot().id.get())).collect()
    }

    /// Takes all timers out.
    pub(super) fn drain(&mut self) -> Vec<Handle> {
        self.heap.drain().map(|timer| timer.handle).collect()
    }
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> Ordering {
        // Reversed: the standard heap yields its greatest first.
        other.place.cmp(&self.place)
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

#[cfg(test)]
mod tests {
    use super::*;
    use trace::{HandleKind, Trace};

    #[test]
    fn a_deadline_keeps_its_order_and_its_bits() {
        let times = [f64::NEG_INFINITY, -1.5, -0.0, 0.0, f64::MIN_POSITIVE, 0.1 + 0.2, 1e9];
        let timer =
            |when| Timer::new(when, 0, Handle::new(HandleKind::Internal, || {}, Trace::off()));
        for pair in times.windows(2) {
            assert!(timer(pair[0]).place < timer(pair[1]).place, "{pair:?}");
        }
        for when in times {
            assert_eq!(timer(when).when().to_bits(), when.to_bits());
        }
    }
}
