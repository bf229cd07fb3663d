//! By how much a run is shorter if a part of it is.
//!
//! A program that computes nothing with the time does the same for as long as everything happens in the same order. So
//! the times of all events are followed while some lengths shrink, up to where two of them would change places: no
//! further is anything said.

use crate::MOMENT;
use crate::graph::{Causes, Why};
use std::collections::HashMap;
use trace::{EventKind, HandleId, HandleKind};

/// What shortening something brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// By how many seconds the run is shorter for each second that every one of the parts is.
    pub per_second: i32,
    /// Up to how many seconds that is so: then the order changes, or there is nothing left to shorten.
    pub up_to: f64,
    /// What comes first beyond that, as the index of an event; none where a part is at its end.
    pub limit: Option<usize>,
}

/// A moment that moves: where it is, and how many seconds it comes earlier for each second.
#[derive(Clone, Copy, Debug)]
struct Moving {
    time: f64,
    pace: i32,
}

/// The least amount at which something changes places.
struct Bound {
    up_to: f64,
    limit: Option<usize>,
}

impl Bound {
    /// Sees to it that `early`, which is of event `n`, stays before `late`.
    fn keep(&mut self, early: Moving, late: Moving, n: usize) {
        if late.pace > early.pace {
            let gap = (late.time - early.time).max(0.0);
            let gap = if gap <= MOMENT { 0.0 } else { gap };
            self.at(gap / f64::from(late.pace - early.pace), Some(n));
        }
    }

    fn at(&mut self, amount: f64, limit: Option<usize>) {
        if amount < self.up_to {
            (self.up_to, self.limit) = (amount, limit);
        }
    }
}

impl Causes<'_> {
    /// What it brings to shorten all of these parts by the same amount: each is named by the event that begins it,
    /// the setting of a timer, a job's beginning, work that holds the loop, or the sending of bytes. It is certain for
    /// a program that computes nothing with the time, and for amounts less than said; at the amount itself the order
    /// of what happens may be another. Nothing is said where times are not explained by their causes: where steps take
    /// time by themselves, as on a real clock, or something outside comes when it likes.
    pub fn gain(&self, parts: &[usize]) -> Option<Gain> {
        let first = parts.iter().copied().min()?;
        let events = self.events();
        let mut bound = Bound { up_to: f64::INFINITY, limit: None };
        let mut times: Vec<Moving> = Vec::with_capacity(events.len());
        let mut dues: HashMap<HandleId, (Moving, usize)> = HashMap::new();
        // What is under way in the network.
        let mut wires: Vec<Moving> = Vec::new();
        // When the loop looked last for timers that are due, and by which event.
        let mut looked = (Moving { time: f64::NEG_INFINITY, pace: 0 }, 0);
        let mut fired: Option<(Moving, usize)> = None;
        // Work that holds the loop: what it does next is at its end.
        let mut held: Option<Moving> = None;
        let shortened = |n: usize| i32::from(parts.contains(&n));
        for (n, event) in events.iter().enumerate() {
            let node = self.nodes()[self.node_of(n)];
            let last = n.checked_sub(1).map(|last| (times[last], last));
            let beside = node.turn.is_none();
            // What a thread says in between changes nothing.
            if beside
                && matches!(event.kind, EventKind::Printed { .. } | EventKind::Logged { .. })
                && node.cause.is_none_or(|cause| cause.why == Why::Unknown)
            {
                times.push(last.map_or(Moving { time: event.time, pace: 0 }, |(last, _)| last));
                continue;
            }
            // The earliest moment at which it can be, and whether the loop waits for that.
            let mut own: Option<Moving> = None;
            match &event.kind {
                EventKind::TimerFired { handle } => {
                    let (due, _) = dues.remove(handle)?;
                    bound.keep(looked.0, due, looked.1);
                    if let Some((before, of)) = fired.filter(|(_, of)| of + 1 == n) {
                        bound.keep(before, due, of);
                    }
                    fired = Some((due, n));
                    own = Some(due);
                }
                EventKind::HandleCancelled { handle } => {
                    if let Some((due, _)) = dues.remove(handle) {
                        bound.keep(looked.0, due, looked.1);
                    }
                }
                _ => {}
            }
            if beside
                && own.is_none()
                && let Some(cause) = node.cause
            {
                let of = times[cause.event];
                match cause.why {
                    Why::Unknown if n > first && cause.delay > MOMENT => return None,
                    Why::Unknown => {}
                    // What blocks the script is known by `held`.
                    Why::Script => {}
                    Why::Ready | Why::Job(_) | Why::Bytes(_) | Why::Timer(_) => {
                        let shorter = shortened(cause.event);
                        if shorter > 0 {
                            bound.at(cause.delay, None);
                        }
                        let time = of.time + cause.delay;
                        let pace = of.pace + shorter;
                        own = Some(Moving { time, pace });
                        // Which of all that comes in one moment it was, the trace does not tell.
                        wires.retain(|wire| wire.time >= event.time - MOMENT);
                        let other =
                            |wire: &Moving| wire.time <= event.time + MOMENT && wire.pace != pace;
                        if matches!(cause.why, Why::Bytes(_) | Why::Timer(_))
                            && wires.iter().any(other)
                        {
                            bound.at(0.0, Some(n));
                        }
                    }
                }
            }
            // Threads and the network wait for nobody.
            let waits = !beside || matches!(event.kind, EventKind::TimerFired { .. });
            if (waits || own.is_none())
                && let Some(end) = held.take_if(|end| event.time >= end.time - MOMENT)
            {
                own = Some(own.filter(|own| own.time > end.time).unwrap_or(end));
            }
            let now = match (last, own) {
                (None, None) => Moving { time: event.time, pace: 0 },
                (None, Some(own)) => own,
                (Some((last, _)), None) => last,
                (Some((last, before)), Some(own)) => {
                    if own.time > last.time + MOMENT {
                        bound.keep(last, own, before);
                        own
                    } else {
                        bound.keep(own, last, n);
                        if own.time >= last.time - MOMENT {
                            bound.keep(last, own, before);
                        }
                        last
                    }
                }
            };
            if (now.time - event.time).abs() > 1e-6 * (1.0 + event.time.abs()) {
                return None;
            }
            let now = Moving { time: event.time, ..now };
            times.push(now);
            match &event.kind {
                EventKind::TimerSet { handle, kind, due, .. } => {
                    let pace = now.pace + shortened(n);
                    bound.at(if shortened(n) > 0 { due - event.time } else { f64::INFINITY }, None);
                    let due = Moving { time: *due, pace };
                    dues.insert(*handle, (due, n));
                    wires.extend((*kind == HandleKind::Network).then_some(due));
                }
                EventKind::Blocked { seconds, .. } => {
                    let (time, pace) = (event.time + seconds, now.pace + shortened(n));
                    bound.at(if shortened(n) > 0 { *seconds } else { f64::INFINITY }, None);
                    held = Some(Moving { time, pace });
                }
                EventKind::IterationBegan { .. } => looked = (now, n),
                _ => {}
            }
        }
        // What was never due stays so.
        for (due, _) in dues.values() {
            bound.keep(looked.0, *due, looked.1);
        }
        let end = held.or(times.last().copied())?;
        Some(Gain { per_second: end.pace, up_to: bound.up_to, limit: bound.limit })
    }
}
