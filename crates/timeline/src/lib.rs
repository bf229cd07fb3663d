//! From a trace to what is drawn: lanes, spans, flows, figures. Pure.
//!
//! Events are pushed, each once; at any moment there is a [`Timeline`] of what has happened so far:
//!
//! ```
//! use timeline::{Fold, State};
//! use trace::{Event, EventKind, TaskId};
//! let mut fold = Fold::default();
//! let task = TaskId(0);
//! fold.push(&event(0.0, EventKind::TaskCreated { task, parent: None, name: "main".into(), eager: false }));
//! fold.push(&event(1.0, EventKind::StepBegan { task, drift: 0.0 }));
//! let timeline = fold.see(1.5);
//! let lane = timeline.task(task).expect("it has been created");
//! assert_eq!(lane.at(0.5).map(|span| &span.state), Some(&State::Ready));
//! assert_eq!(lane.at(1.2).map(|span| (&span.state, span.to)), Some((&State::Running, 1.5)));
//! # fn event(time: f64, kind: EventKind) -> Event { Event { time, kind } }
//! ```
//!
//! A recorded run is folded at once:
//!
//! ```
//! use asyncio::{Run, Status, gather, sleep};
//! use executor::VirtualClock;
//! use timeline::Timeline;
//! use trace::Trace;
//! let main = || async { gather([sleep(1.0), sleep(2.0)]).await.map(|_| ()) };
//! let mut run = Run::new(VirtualClock, Trace::on(), main);
//! while run.step() != Status::Ended {}
//! let timeline = Timeline::new(&run.trace().snapshot(), run.time());
//! assert_eq!(timeline.tasks[0].name.as_ref(), "Task-1");
//! assert!(timeline.figures().speed_up > 1.0);
//! ```

mod accesses;
mod category;
mod compare;
mod deadline;
mod figures;
mod fold;
mod lane;
mod marks;
mod order;
mod places;
mod resource;
mod shared;
mod sound;
mod steps;

pub use accesses::{Access, Accesses};
pub use category::Category;
pub use compare::{Comparison, Parting};
pub use deadline::{Cleanup, Deadline};
pub use figures::{Figures, most_at_once};
pub use fold::Fold;
pub use lane::{Cancel, Span, State, TaskLane};
pub use marks::{Flow, FlowKind, Held, Line};
pub use order::{
    Agenda, Ask, Call, Columns, Entry, Iteration, Order, Question, Stride, Timer, Turn,
};
pub use resource::{Hold, Notice, Raised, ResourceLane, Waiter};
pub use shared::Shared;

use places::Places;
use trace::{Event, ResourceId, Site, TaskId};

/// What a run, or a run so far, looks like. All times are seconds of loop time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// A lane for each task, in order of creation.
    pub tasks: Vec<TaskLane>,
    /// The order in which `tasks` are drawn, as indices into it: children below their parents, each
    /// family in order of creation.
    pub order: Vec<usize>,
    /// A lane for each resource, in order of creation.
    pub resources: Vec<ResourceLane>,
    /// Who created, woke and cancelled whom, and raised in whom.
    pub flows: Vec<Flow>,
    /// The timeouts that tasks were in, in the order in which they entered them.
    pub deadlines: Vec<Deadline>,
    /// What was printed and logged.
    pub lines: Vec<Line>,
    /// When the loop was held by work, and by whom.
    pub held: Vec<Held>,
    /// Where it ends, or has come to.
    pub end: f64,
    /// The most, in real seconds, by which a step was later than its clock asked for: how late the
    /// timers of a live run were.
    pub lateness: f64,
    task_places: Places,
    resource_places: Places,
}

impl Timeline {
    /// The timeline of the events so far, where loop time has come to `now`.
    pub fn new(events: &[Event], now: f64) -> Self {
        let mut fold = Fold::default();
        for event in events {
            fold.push(event);
        }
        fold.finish(now)
    }

    /// The timeline of a run that is still going, as far as loop time `now`: blocking work may have
    /// put events ahead of it.
    pub fn until(events: &[Event], now: f64) -> Self {
        let happened = events.partition_point(|event| event.time <= now);
        Timeline::new(&events[..happened], now)
    }

    /// The lanes of tasks in the order in which they are drawn.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &TaskLane> {
        self.order.iter().map(|n| &self.tasks[*n])
    }

    /// The lane of a task.
    pub fn task(&self, id: TaskId) -> Option<&TaskLane> {
        Some(&self.tasks[self.task_place(id)?])
    }

    /// Where the lane of a task is among `tasks`.
    pub fn task_index(&self, id: TaskId) -> Option<usize> {
        self.task_place(id)
    }

    /// The lane of a resource.
    pub fn resource(&self, id: ResourceId) -> Option<&ResourceLane> {
        Some(&self.resources[self.resource_place(id)?])
    }

    /// A resource as the program calls it, else by its sort; numbered where several are called so.
    pub fn title(&self, lane: &ResourceLane, sort: &str) -> String {
        let is_same = |other: &&ResourceLane| match (&lane.name, &other.name) {
            (None, None) => lane.is_like(other),
            (own, others) => own == others,
        };
        let title = lane.name.as_deref().unwrap_or(sort);
        if self.resources.iter().filter(is_same).nth(1).is_none() {
            return title.to_owned();
        }
        let before = self.resources.iter().take_while(|other| other.id != lane.id);
        format!("{title} {}", before.filter(is_same).count() + 1)
    }

    fn task_place(&self, id: TaskId) -> Option<usize> {
        self.task_places.find(id.0, |n| Some(self.tasks.get(n)?.id.0))
    }

    fn resource_place(&self, id: ResourceId) -> Option<usize> {
        self.resource_places.find(id.0, |n| Some(self.resources.get(n)?.id.0))
    }

    /// Whether the exception of one task was raised in another from a moment to one.
    pub fn raised(&self, flow: (TaskId, TaskId), from: f64, to: f64) -> bool {
        let first = self.flows.partition_point(|flow| flow.time < from);
        let then = self.flows[first..].iter().take_while(|flow| flow.time <= to);
        then.into_iter().any(|own| own.kind == FlowKind::Raised && (own.from, own.to) == flow)
    }

    /// Where each task that is suspended at `time` stands: the line of the program that awaits.
    pub fn standing(&self, time: f64) -> Vec<(TaskId, u32)> {
        self.rows().filter_map(|lane| Some((lane.id, lane.at(time)?.line()?))).collect()
    }

    /// Where tasks wait between two moments, and how long they do then; all of them, or one.
    pub fn waits_within(
        &self,
        (from, to): (f64, f64),
        task: Option<TaskId>,
    ) -> impl Iterator<Item = (&Site, f64)> {
        let lanes = self.tasks.iter().filter(move |lane| task.is_none_or(|task| task == lane.id));
        let spans = lanes.flat_map(move |lane| {
            let first = lane.spans.partition_point(|span| span.to <= from);
            lane.spans[first..].iter().take_while(move |span| span.from < to)
        });
        spans.filter_map(move |span| match &span.state {
            State::Waiting { at: Some(at), .. } => {
                Some((at, span.to.min(to) - span.from.max(from)))
            }
            _ => None,
        })
    }

    /// Who holds the loop at `time`, and the line of the program that it awaited last: from there it has gone on. Nothing
    /// where it has awaited nothing before, or is no task.
    pub fn holding(&self, time: f64) -> Option<(TaskId, u32)> {
        let begun = self.held.partition_point(|held| held.from <= time);
        let lane = self.task(self.held[..begun].last()?.by?)?;
        let begun = lane.spans.partition_point(|span| span.from <= time);
        // Of a run so far the last span ends now, and is held nevertheless.
        let holds = lane.at(time).is_some_and(|span| span.state == State::Blocking);
        let line = lane.spans[..begun].iter().rev().find_map(Span::line);
        holds.then_some((lane.id, line?))
    }

    /// Who waits for a resource at `time`, and in which span, in the order in which they began to: those in
    /// line, the first in front.
    pub fn in_line(
        &self,
        resource: &ResourceLane,
        time: f64,
    ) -> impl Iterator<Item = (&TaskLane, &Span)> {
        resource.waits.iter().filter_map(move |wait| {
            let lane = self.task(wait.task)?;
            let span = lane.spans.get(wait.span as usize)?;
            lane.at(time).is_some_and(|now| std::ptr::eq(now, span)).then_some((lane, span))
        })
    }

    /// What held the loop at `time`, if something did.
    pub fn held_at(&self, time: f64) -> Option<&Held> {
        let begun = self.held.partition_point(|held| held.from <= time);
        self.held[..begun].last().filter(|held| time < held.to)
    }

    /// What the run comes to in numbers: a pass over all spans.
    pub fn figures(&self) -> Figures {
        Figures::of(self)
    }

    /// What the part between two moments comes to in numbers.
    pub fn figures_within(&self, from: f64, to: f64) -> Figures {
        Figures::within(self, from, to)
    }

    /// What a task comes to in numbers, as far as it lives between two moments; nothing if it is none of the run's.
    pub fn figures_of(&self, task: TaskId, from: f64, to: f64) -> Option<Figures> {
        self.task(task).map(|lane| Figures::of_task(self, lane, from, to))
    }
}

#[cfg(test)]
mod tests;
