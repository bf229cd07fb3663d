//! Timelines of recorded runs.

mod checkpoints;
mod compare;
mod deadlines;
mod figures;
mod lanes;
mod questions;
mod resources;

use super::*;
use asyncio::*;
use executor::VirtualClock;
use std::future::Future as StdFuture;
use trace::{Actor, EventKind, Outcome, Trace, Wait};

/// The events of a program, and where it ended.
fn record(main: impl StdFuture<Output = Result> + 'static) -> (Vec<trace::Event>, f64) {
    let mut run = Run::new(VirtualClock, Trace::on(), || main);
    while run.step() != Status::Ended {}
    (run.trace().snapshot(), run.time())
}

fn timeline(main: impl StdFuture<Output = Result> + 'static) -> Timeline {
    let (events, end) = record(main);
    Timeline::new(&events, end)
}

fn lane<'a>(timeline: &'a Timeline, name: &str) -> &'a TaskLane {
    timeline.tasks.iter().find(|lane| &*lane.name == name).expect("there is a task of this name")
}

/// What a task did, as far as it took time: from, to, what.
fn stretches(lane: &TaskLane) -> Vec<(f64, f64, &'static str)> {
    let spans = lane.spans.iter().filter(|span| span.seconds() > 0.0);
    spans
        .map(|span| {
            let what = match &span.state {
                State::Ready => "scheduled",
                State::Running => "running",
                State::Blocking => "blocking",
                State::Due => "due",
                State::Waiting { cause: Wait::Sleep { .. }, .. } => "sleeping",
                State::Waiting { cause: Wait::Resource { op, .. }, .. } => op.name(),
                State::Waiting { cause: Wait::Task(_), .. } => "task",
                State::Waiting { cause: Wait::Tasks { op, .. }, .. } => op.name(),
                State::Waiting { .. } => "other",
            };
            (span.from, span.to, what)
        })
        .collect()
}
