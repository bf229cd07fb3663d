//! A run told by its order: a column for each turn of the loop, however much or little time it takes.
//!
//! The events of the run are given other times, namely columns, and any timeline can be made of them: what is
//! drawn by time is drawn by order with the same code.

use super::{Order, Turn};
use std::collections::HashMap;
use trace::{Event, EventKind, HandleKind, Ready, TaskId, Wait};

/// Space on each side of a turn in its column, as a part of it.
const SPACE: f64 = 0.1;

/// The columns of a run: turn `n` of the loop stands between the columns `n` and `n + 1`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    events: Vec<Event>,
    /// How many of `events` there are for so many events of the run.
    counts: Vec<usize>,
    /// Where each iteration of the loop begins, in columns, with its number and its time in seconds.
    iterations: Vec<(f64, u64, f64)>,
    calls: Vec<Call>,
    end: f64,
}

/// A callback that the loop ran, in columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// What it is.
    pub kind: HandleKind,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

impl Columns {
    /// The columns of a run.
    pub fn of(order: &Order) -> Self {
        let (places, end) = places(order);
        let woken = wakes(order.events());
        let retime = Retime { order, places: &places, end };
        let mut columns = Columns { end, ..Columns::default() };
        columns.counts.push(0);
        let mut turns = order.turns().iter().filter(|turn| !turn.nested).peekable();
        for (n, event) in order.events().iter().enumerate() {
            let kind = retime.kind(n, event, woken[n]);
            columns.events.push(Event { time: places[n], kind });
            // A callback takes a turn, though it takes no time.
            if let Some(turn) = turns.next_if(|turn| turn.events.end == n + 1)
                && let Ready::Call(handle) = turn.what
                && !matches!(event.kind, EventKind::HandleEnded { .. })
            {
                let kind = EventKind::HandleEnded { handle };
                columns.events.push(Event { time: last_of(places[turn.events.start]), kind });
            }
            columns.counts.push(columns.events.len());
        }
        let begin = |iteration: &super::Iteration| {
            let first = places.get(iteration.events.start).copied().unwrap_or(end);
            (first.floor(), iteration.number, iteration.time)
        };
        columns.calls = calls(order, &places);
        columns.iterations = order.iterations().iter().map(begin).collect();
        columns
    }

    /// The events of the run, with columns for times.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Those of [`Columns::events`] that have happened at a place of the order.
    pub fn before(&self, place: usize) -> &[Event] {
        let count = self.counts.get(place).copied().unwrap_or(self.events.len());
        &self.events[..count]
    }

    /// The column of a place of the order.
    pub fn column(&self, place: usize) -> f64 {
        self.before(place).last().map_or(0.0, |event| event.time)
    }

    /// The place of the order at a column: what stands left of it has happened.
    pub fn place(&self, column: f64) -> usize {
        let happened = self.events.partition_point(|event| event.time <= column);
        self.counts.partition_point(|count| *count <= happened).saturating_sub(1)
    }

    /// Where each iteration of the loop begins: its column, its number, its time in seconds.
    pub fn iterations(&self) -> &[(f64, u64, f64)] {
        &self.iterations
    }

    /// The callbacks that the loop ran, in order.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// How many columns there are.
    pub fn end(&self) -> f64 {
        self.end
    }
}

/// The callbacks among the turns, where the events have these columns.
fn calls(order: &Order, places: &[f64]) -> Vec<Call> {
    let call = |turn: &Turn| {
        let made = turn.set.or(turn.entered)?;
        let (EventKind::HandleScheduled { kind, .. } | EventKind::TimerSet { kind, .. }) =
            order.events()[made].kind
        else {
            return None;
        };
        let from = places[turn.events.start];
        Some(Call { kind, from, to: last_of(from) })
    };
    order.turns().iter().filter_map(call).collect()
}

/// The end of a turn that begins in this column.
fn last_of(column: f64) -> f64 {
    column.floor() + 1.0 - SPACE
}

/// The column of each event, and how many there are.
fn places(order: &Order) -> (Vec<f64>, f64) {
    let mut places = vec![0.0; order.last()];
    let (mut next, mut column) = (0, 0.0);
    let outermost = order.turns().iter().filter(|turn| !turn.nested);
    for turn in outermost {
        places[next..turn.events.start].fill(column);
        spread(order, turn, column, &mut places);
        next = turn.events.end;
        column += 1.0;
    }
    places[next..].fill(column);
    (places, column.max(1.0))
}

/// Spreads the events of a turn over its column: its end, and what that sets off, at the end.
fn spread(order: &Order, turn: &Turn, column: f64, places: &mut [f64]) {
    let (from, to) = (column + SPACE, last_of(column));
    let events = &order.events()[turn.events.clone()];
    let own = |event: &Event| match (&event.kind, turn.what) {
        (
            EventKind::Suspended { task, .. } | EventKind::Finished { task, .. },
            Ready::Step(own),
        ) => *task == own,
        (EventKind::HandleEnded { handle }, Ready::Call(own)) => *handle == own,
        _ => false,
    };
    let end = events.iter().position(own).unwrap_or(events.len()).max(1);
    for n in 0..events.len() {
        let part = (n as f64 / end as f64).min(1.0);
        places[turn.events.start + n] = if n >= end { to } else { from + (to - from) * part };
    }
}

/// For each event that suspends a task, the event that wakes it.
fn wakes(events: &[Event]) -> Vec<Option<usize>> {
    let mut next: HashMap<TaskId, usize> = HashMap::new();
    let mut wakes = vec![None; events.len()];
    for (n, event) in events.iter().enumerate().rev() {
        match &event.kind {
            EventKind::Woken { task, .. } => {
                next.insert(*task, n);
            }
            EventKind::Suspended { task, .. } => wakes[n] = next.get(task).copied(),
            // Whoever is run without having been woken was not waiting.
            EventKind::StepBegan { task, .. } | EventKind::Finished { task, .. } => {
                next.remove(task);
            }
            _ => {}
        }
    }
    wakes
}

/// Gives events columns for the times that they name.
struct Retime<'a> {
    order: &'a Order,
    places: &'a [f64],
    end: f64,
}

impl Retime<'_> {
    /// What an event says, told in columns.
    fn kind(&self, n: usize, event: &Event, woken: Option<usize>) -> EventKind {
        let mut kind = event.kind.clone();
        match &mut kind {
            EventKind::Suspended { wait: Wait::Sleep { until }, .. } => {
                *until = match woken {
                    // Served in the moment in which it is due.
                    Some(woken) if self.order.events()[woken].time <= *until => self.places[woken],
                    _ => self.column(*until),
                };
            }
            EventKind::Blocked { seconds, .. } => {
                let to = event.time + seconds.max(0.0);
                let later = &self.order.events()[n + 1..];
                let next = n + 1 + later.partition_point(|event| event.time < to);
                let turn =
                    self.order.turn_at(n + 1).map(|turn| last_of(self.places[turn.events.start]));
                let next = self.places.get(next).copied().unwrap_or(self.end);
                *seconds = (turn.map_or(next, |turn| next.min(turn)) - self.places[n]).max(0.0);
            }
            EventKind::TimeoutEntered { due: Some(due), .. }
            | EventKind::TimeoutRescheduled { due: Some(due), .. }
            | EventKind::TimerSet { due, .. } => *due = self.column(*due),
            EventKind::BytesSent { arrival, .. } if arrival.is_finite() => {
                *arrival = self.column(*arrival);
            }
            _ => {}
        }
        kind
    }

    /// The column of a moment: that of the first event that is not before it. Within work that holds the loop
    /// it is between the two.
    fn column(&self, time: f64) -> f64 {
        let events = self.order.events();
        let next = events.partition_point(|event| event.time < time);
        let Some(after) = self.places.get(next) else { return f64::INFINITY };
        let turn = self.order.turn_at(next).filter(|turn| turn.events.contains(&next));
        match next.checked_sub(1) {
            Some(last) if turn.is_some() && events[next].time > time => {
                let whole = events[next].time - events[last].time;
                let part = (time - events[last].time) / whole;
                self.places[last] + (after - self.places[last]) * part
            }
            _ => *after,
        }
    }
}
