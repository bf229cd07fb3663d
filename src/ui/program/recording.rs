//! A trace as the page shows it.

use super::added::Added;
use crate::ui::panels::{Failure, Locals};
use crate::ui::shared::Shared;
use asyncio::{Error, RunError};
use chart::Layout;
use executor::{BlockedTask, Stuck};
use timeline::{Order, State, Timeline};
use trace::{EventKind, TaskId, Wait};
use trace_document::{Clock, Document};

/// A run that somebody else has run.
#[derive(Clone, PartialEq)]
pub struct Recorded {
    /// The run.
    pub timeline: timeline::Shared,
    /// The rows of its chart.
    pub layout: Shared<Layout>,
    /// What happened, one thing after another.
    pub order: Shared<Order>,
    /// How it came to a bad end, if it did.
    pub failure: Option<Failure>,
    /// The texts of its files, by name.
    pub sources: Shared<Vec<(String, String)>>,
    /// Whether its times were measured, and are not exact.
    pub real: bool,
    /// What its program lacked, and was given.
    pub added: Added,
    /// Local variables of its tasks.
    pub locals: Shared<Locals>,
    /// Seconds of its work that were measured.
    pub measured: f64,
}

impl Recorded {
    /// The run of a trace.
    pub fn of(mut document: Document) -> Recorded {
        // Of a long run they are most of it: there is one copy.
        let order = Order::new(std::mem::take(&mut document.events));
        let latest = order.time(order.last());
        let end = document.end.as_ref().map_or(latest, |end| end.time);
        // By the order, which keeps what it needs to go back to any place soon.
        let timeline = order.shared(order.last(), end);
        let layout = Shared::new(Layout::of(&timeline.look()));
        let failure = document.end.as_ref().and_then(|end| end.failure.as_ref());
        let failure =
            failure.map(|failure| Failure(error(failure, &timeline.look(), order.last())));
        let sources = Shared::new(document.header.sources.into_iter().collect());
        let real = document.header.clock == Clock::Real;
        let added = Added::of(&document.header.rest);
        let locals = Shared::new(Locals::of(order.events(), &document.rest));
        let measured = document.rest.iter().filter(|(_, rest)| rest.contains_key("measured"));
        let measured = measured.filter_map(|(place, _)| match order.events().get(*place)?.kind {
            EventKind::Blocked { seconds, .. } => Some(seconds),
            _ => None,
        });
        let measured = measured.sum();
        let order = Shared::new(order);
        Recorded { timeline, layout, order, failure, sources, real, added, locals, measured }
    }
}

/// What is needed of a run that is only compared with others: its lanes, and how it came to a bad end, if it did.
pub fn outline(document: &Document) -> (Timeline, Option<String>) {
    let latest = document.events.last().map_or(0.0, |event| event.time);
    let end = document.end.as_ref().map_or(latest, |end| end.time);
    let timeline = Timeline::new(&document.events, end);
    let failure = document.end.as_ref().and_then(|end| end.failure.as_ref());
    let failure =
        failure.map(|failure| error(failure, &timeline, document.events.len()).to_string());
    (timeline, failure)
}

/// How a run of so many events came to a bad end.
fn error(failure: &trace_document::Failure, timeline: &Timeline, events: usize) -> RunError {
    match failure {
        trace_document::Failure::Raised { type_name, text } => {
            RunError::Raised(Error::new(type_name, &**text))
        }
        trace_document::Failure::Stuck { blocked } => {
            let task = |task: &TaskId| {
                let lane = timeline.task(*task);
                let cause = match lane.and_then(|lane| lane.spans.last()).map(|span| &span.state) {
                    Some(State::Waiting { cause, .. }) => cause.clone(),
                    _ => Wait::Unknown,
                };
                let name = lane.map(|lane| lane.name.clone()).unwrap_or_default();
                BlockedTask { task: *task, name, cause, at: None }
            };
            RunError::Stuck(Stuck { blocked: blocked.iter().map(task).collect() })
        }
        trace_document::Failure::Cut => RunError::TooLong { limit: events as u64 },
    }
}
