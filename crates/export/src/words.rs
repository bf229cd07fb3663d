//! What files call things: in asyncio's words, whatever the language of the page.

use timeline::{Span, State, TaskLane, Timeline};
use trace::{Actor, Outcome, TaskId, Wait};

/// What the task is doing.
pub(crate) fn state(span: &Span) -> &'static str {
    match span.state {
        State::Ready => "ready",
        State::Running => "running",
        State::Blocking => "blocking",
        State::Waiting { .. } => "waiting",
        State::Due => "due",
    }
}

/// What it waits for; nothing if it does not.
pub(crate) fn cause(timeline: &Timeline, span: &Span) -> String {
    let State::Waiting { cause, .. } = &span.state else { return String::new() };
    match cause {
        Wait::NextIteration => "sleep(0)".into(),
        Wait::Sleep { until } => format!("sleep until {until}"),
        Wait::Future => "future".into(),
        Wait::Task(id) => task(timeline, *id),
        Wait::Tasks { op, tasks } => {
            let names: Vec<_> = tasks.iter().map(|id| task(timeline, *id)).collect();
            format!("{} of {}", op.name(), names.join(" "))
        }
        Wait::Resource { id, op } => {
            let Some(lane) = timeline.resource(*id) else { return op.name().into() };
            // Of what a kind is made its name alone.
            let kind = format!("{:?}", lane.kind);
            let kind = kind.split(' ').next().unwrap_or_default().to_lowercase();
            let name = match lane.name {
                Some(_) => timeline.title(lane, &kind),
                None => format!("{kind} {}", lane.number),
            };
            format!("{} {name}", op.name())
        }
        Wait::Op(op) => op.name().into(),
        Wait::Unknown => "unknown".into(),
    }
}

/// Who ended the waiting.
pub(crate) fn woken_by(timeline: &Timeline, span: &Span) -> String {
    let State::Waiting { woken_by: Some(by), .. } = &span.state else { return String::new() };
    match by {
        Actor::Task(id) => task(timeline, *id),
        Actor::Timer(_) => "timer".into(),
        Actor::Timeout(_) => "timeout".into(),
        Actor::Network => "network".into(),
        Actor::Outside => "outside".into(),
    }
}

/// How a task ended.
pub(crate) fn outcome(lane: &TaskLane) -> String {
    match &lane.outcome {
        None => "pending".into(),
        Some(Outcome::Done) => "done".into(),
        Some(Outcome::Failed(error)) => format!("failed: {error}"),
        Some(Outcome::Cancelled) => "cancelled".into(),
    }
}

/// The name of a task.
pub(crate) fn task(timeline: &Timeline, id: TaskId) -> String {
    timeline.task(id).map_or_else(String::new, |lane| lane.name.to_string())
}
