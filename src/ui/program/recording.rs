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
    pub fn of(document: &Document) -> Recorded {
        let latest = document.events.last().map_or(0.0, |event| event.time);
        let end = document.end.as_ref().map_or(latest, |end| end.time);
        let order = Order::new(document.events.clone());
        // By the order, which keeps what it needs to go back to any place soon.
        let timeline = order.shared(order.last(), end);
        let layout = Shared::new(Layout::of(&timeline.look()));
        let failure = document.end.as_ref().and_then(|end| end.failure.as_ref());
        let failure = failure.map(|failure| Failure(error(failure, &timeline.look(), document)));
        let sources = document.header.sources.iter();
        let sources = sources.map(|(name, text)| (name.clone(), text.clone())).collect();
        let real = document.header.clock == Clock::Real;
        let order = Shared::new(order);
        let added = Added::of(&document.header.rest);
        let sources = Shared::new(sources);
        let locals = Shared::new(Locals::of(document));
        let measured = document.rest.iter().filter(|(_, rest)| rest.contains_key("measured"));
        let measured = measured.filter_map(|(place, _)| match document.events.get(*place)?.kind {
            EventKind::Blocked { seconds, .. } => Some(seconds),
            _ => None,
        });
        let measured = measured.sum();
        Recorded { timeline, layout, order, failure, sources, real, added, locals, measured }
    }
}

/// What is needed of a run that is only compared with others: its lanes, and how it came to a bad end, if it did.
pub fn outline(document: &Document) -> (Timeline, Option<String>) {
    let latest = document.events.last().map_or(0.0, |event| event.time);
    let end = document.end.as_ref().map_or(latest, |end| end.time);
    let timeline = Timeline::new(&document.events, end);
    let failure = document.end.as_ref().and_then(|end| end.failure.as_ref());
    let failure = failure.map(|failure| error(failure, &timeline, document).to_string());
    (timeline, failure)
}

fn error(failure: &trace_document::Failure, timeline: &Timeline, document: &Document) -> RunError {
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
        trace_document::Failure::Cut => RunError::TooLong { limit: document.events.len() as u64 },
    }
}
