//! Timelines of recorded runs.

mod figures;
mod lanes;
mod resources;
mod whole;

use super::*;
use crate::asyncio::*;
use crate::executor::VirtualClock;
use crate::trace::Trace;
use std::future::Future as StdFuture;

/// The events of a program, and where it ended.
fn record(main: impl StdFuture<Output = Result> + 'static) -> (Vec<crate::trace::Event>, f64) {
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
                State::Scheduled => "scheduled",
                State::Running => "running",
                State::Blocking => "blocking",
                State::Waiting { cause: Cause::Sleep { .. }, .. } => "sleeping",
                State::Waiting { cause: Cause::Resource { op, .. }, .. } => op,
                State::Waiting { cause: Cause::Task(_), .. } => "task",
                State::Waiting { cause: Cause::Tasks { op, .. }, .. } => op,
                State::Waiting { .. } => "other",
            };
            (span.from, span.to, what)
        })
        .collect()
}

/// Says what is wrong with the shape of a timeline that has come to `now`.
#[track_caller]
fn check_shape(timeline: &Timeline, now: f64, context: &str) {
    for lane in &timeline.tasks {
        let whose = format!("{} of {context}", lane.name);
        let (Some(first), Some(last)) = (lane.spans.first(), lane.spans.last()) else {
            panic!("{whose}: no spans");
        };
        assert_eq!(first.from, lane.created, "{whose}: begins when it is created");
        assert_eq!(last.to, lane.ended.unwrap_or(timeline.end), "{whose}: ends when it ends");
        for pair in lane.spans.windows(2) {
            assert_eq!(pair[0].to, pair[1].from, "{whose}: a gap");
        }
        for span in &lane.spans {
            assert!(span.from <= span.to && span.to <= now, "{whose}: {span:?}");
        }
        assert_eq!(lane.ended.is_some(), lane.outcome.is_some(), "{whose}");
    }
    for lane in &timeline.resources {
        for (n, hold) in lane.holds.iter().enumerate() {
            assert!(hold.from <= hold.to && hold.to <= now, "{context}: {hold:?}");
            if let crate::trace::ResourceKind::Permits { limit } = lane.kind {
                assert!(hold.permit < limit, "{context}: {hold:?} of {limit}");
            }
            let overlaps = |other: &&Hold| {
                other.permit == hold.permit && other.from < hold.to && hold.from < other.to
            };
            assert_eq!(lane.holds[n + 1..].iter().find(overlaps), None, "{context}: {hold:?}");
        }
        for steps in [&lane.depth, &lane.waiting] {
            assert!(steps.is_sorted_by(|a, b| a.0 < b.0), "{context}: {steps:?}");
        }
    }
}
