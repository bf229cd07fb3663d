//! The first place where two runs part.

use trace::{Actor, Event, EventKind, Wait};

/// By how much moments may differ that are one moment, in seconds.
const ROUNDING: f64 = 1e-9;

/// The first thing that happens in one run and not in the other, or to another end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    /// Its event in the run, by index; none if the run is over there.
    pub here: Option<usize>,
    /// Its event in the other.
    pub there: Option<usize>,
}

impl Parting {
    /// Goes through what both programs do until it is not the same. What the loop does for them (handles, timers,
    /// iterations) is left out, and so are places in the text: an edit moves them.
    pub(super) fn of(run: &[Event], other: &[Event], timed: bool) -> Option<Self> {
        let told = |(_, event): &(usize, &Event)| is_told(&event.kind);
        let mut here = run.iter().enumerate().filter(told);
        let mut there = other.iter().enumerate().filter(told);
        loop {
            match (here.next(), there.next()) {
                (None, None) => return None,
                (Some((_, a)), Some((_, b))) if is_same(a, b, timed) => {}
                (a, b) => {
                    return Some(Parting { here: a.map(|(n, _)| n), there: b.map(|(n, _)| n) });
                }
            }
        }
    }
}

/// Whether an event is of the program's doing, and can be told in words.
fn is_told(kind: &EventKind) -> bool {
    !matches!(
        kind,
        EventKind::LoopRuns { .. }
            | EventKind::LoopClosed
            | EventKind::IterationBegan { .. }
            | EventKind::HandleScheduled { .. }
            | EventKind::TimerSet { .. }
            | EventKind::TimerFired { .. }
            | EventKind::HandleCancelled { .. }
            | EventKind::HandleBegan { .. }
            | EventKind::HandleEnded { .. }
            | EventKind::Renamed { .. }
            | EventKind::Runs { .. }
            | EventKind::ResourceCreated { .. }
            | EventKind::ResourceNamed { .. }
            | EventKind::Unknown(_)
    )
}

fn is_same(a: &Event, b: &Event, timed: bool) -> bool {
    let near = |a: f64, b: f64| !timed || (a - b).abs() <= ROUNDING || (a.is_nan() && b.is_nan());
    let due = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => near(a, b),
        (a, b) => a.is_some() == b.is_some(),
    };
    use EventKind::{
        Blocked, BytesSent, StepBegan, Suspended, TimeoutEntered, TimeoutRescheduled, Woken,
    };
    let what = match (&a.kind, &b.kind) {
        (StepBegan { task: a, .. }, StepBegan { task: b, .. }) => a == b,
        (Suspended { task: a, wait, .. }, Suspended { task: b, wait: other, .. }) => {
            let waits = match (wait, other) {
                (Wait::Sleep { until: a }, Wait::Sleep { until: b }) => near(*a, *b),
                (wait, other) => wait == other,
            };
            a == b && waits
        }
        (Woken { task: a, by }, Woken { task: b, by: other }) => {
            // Timers are numbered by whoever records them.
            let by = match (by, other) {
                (Actor::Timer(_), Actor::Timer(_)) => true,
                (by, other) => by == other,
            };
            a == b && by
        }
        (Blocked { task: a, seconds: length }, Blocked { task: b, seconds: other }) => {
            a == b && near(*length, *other)
        }
        (
            TimeoutEntered { timeout: a, task, due: at },
            TimeoutEntered { timeout: b, task: other, due: then },
        ) => a == b && task == other && due(*at, *then),
        (
            TimeoutRescheduled { timeout: a, due: at },
            TimeoutRescheduled { timeout: b, due: then },
        ) => a == b && due(*at, *then),
        (
            BytesSent { id: a, task, bytes, arrival },
            BytesSent { id: b, task: other, bytes: many, arrival: then },
        ) => (a, task, bytes) == (b, other, many) && near(*arrival, *then),
        (a, b) => a == b,
    };
    what && near(a.time, b.time)
}
