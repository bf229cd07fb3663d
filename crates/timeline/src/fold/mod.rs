//! A timeline in the making: events are pushed, each once.
//!
//! What is over is written once and stays. What still lasts (spans, holds) ends, for the time being, where
//! the timeline is seen: [`Fold::see`] writes these ends and takes them back at the next. So a push costs
//! the same however long the trace is, and a look costs as much as there are tasks and holds that last.

mod family;
mod holds;
mod pool;
mod resources;
mod tasks;

use self::family::Family;
use self::resources::Resources;
use self::tasks::OpenLane;
use crate::{Held, Timeline};
use std::collections::HashMap;
use trace::{Event, TimeoutId};

/// Folds the events of a run into a [`Timeline`], as they happen.
///
/// ```
/// use timeline::{Fold, Timeline};
/// use trace::{Event, EventKind};
/// let line = |time, text: &str| {
///     let kind = EventKind::Printed { task: None, text: text.into() };
///     Event { time, kind }
/// };
/// let events = [line(0.0, "first"), line(1.0, "second"), line(5.0, "third")];
/// let mut fold = Fold::default();
/// assert_eq!(fold.follow(&events[..1], 0.5).lines.len(), 1);
/// assert_eq!(fold.follow(&events, 2.0).lines.len(), 2, "the third has not happened yet");
/// assert_eq!(fold.follow(&events, 9.0), &Timeline::new(&events, 9.0));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Fold {
    timeline: Timeline,
    /// What each task is doing, by its place among the lanes.
    tasks: Vec<OpenLane>,
    /// Places of the tasks that had not ended when the timeline was last seen.
    alive: Vec<usize>,
    family: Family,
    /// The timeouts that tasks are in, by place among the deadlines.
    timeouts: HashMap<TimeoutId, usize>,
    resources: Resources,
    /// Until when the last stretch that held the loop lasts, which may be beyond now.
    held_until: f64,
    /// How many events were pushed, and the time of the latest.
    pushed: usize,
    latest: f64,
}

impl Fold {
    /// Takes what happened next. A time before that of the event before it, which no loop has, counts as
    /// the same.
    pub fn push(&mut self, event: &Event) {
        self.pushed += 1;
        // The greater one, where NaN is no number to be greater than.
        self.latest = self.latest.max(event.time);
        self.push_task(self.latest, &event.kind);
        self.push_timeout(self.latest, &event.kind);
        self.push_resource(self.latest, &event.kind);
    }

    /// Takes those of `events` that it has not taken yet and that have happened by loop time `now`, and
    /// shows the timeline; `events` are all of the run so far, from the first.
    pub fn follow(&mut self, events: &[Event], now: f64) -> &Timeline {
        self.follow_on(events.get(self.pushed..).unwrap_or_default(), now)
    }

    /// The same, where `fresh` begins with the first that it has not taken yet.
    pub fn follow_on(&mut self, fresh: &[Event], now: f64) -> &Timeline {
        let happened = fresh.partition_point(|event| event.time <= now);
        for event in &fresh[..happened] {
            self.push(event);
        }
        self.see(now)
    }

    /// The timeline of what was pushed, where loop time has come to `now`.
    pub fn see(&mut self, now: f64) -> &Timeline {
        let end = self.latest.max(now);
        self.timeline.end = end;
        self.see_tasks(end, self.latest.max(self.held_until.min(end)));
        self.see_resources(end);
        if let Some(last) = self.timeline.held.last_mut() {
            last.to = self.held_until.min(end);
        }
        self.family.order(&mut self.timeline.order);
        &self.timeline
    }

    /// The timeline as it was last seen.
    pub fn seen(&self) -> &Timeline {
        &self.timeline
    }

    /// The timeline of a run that has come to its end at `now`.
    pub fn finish(mut self, now: f64) -> Timeline {
        self.see(now);
        self.timeline
    }

    /// How many events were pushed.
    pub fn len(&self) -> usize {
        self.pushed
    }

    /// Whether nothing was pushed.
    pub fn is_empty(&self) -> bool {
        self.pushed == 0
    }

    fn hold_loop(&mut self, held: Held) {
        if let Some(last) = self.timeline.held.last_mut() {
            last.to = self.held_until.min(held.from);
        }
        self.held_until = held.to;
        self.timeline.held.push(held);
    }
}
