//! Waits that never end.

use super::{Finding, Flaw, Found};
use std::collections::HashMap;
use timeline::{Hold, Span, State, TaskLane};
use trace::{Actor, EventKind, GroupOp, Op, ResourceId, TaskId, Wait};

/// Finds circles of tasks that wait for each other at the end of the run, or when it was cancelled from outside, as a
/// program that hangs is, and where nothing can happen any more, what else is waited for.
pub(super) fn find(found: &mut Found) {
    let waiting = waiting(found, None);
    let mut in_circle = Vec::new();
    circles(found, &waiting, None, &mut in_circle);
    let interrupted = found.causes.events().iter().position(|event| {
        matches!(event.kind, EventKind::CancelRequested { by: Actor::Outside, .. })
    });
    if interrupted.is_some() {
        circles(found, &self::waiting(found, interrupted), interrupted, &mut in_circle);
    }
    if is_over(found) {
        for lane in &found.timeline.tasks {
            let Some(span) = waiting.get(&lane.id).filter(|_| !in_circle.contains(&lane.id)) else {
                continue;
            };
            forever(found, lane.id, span);
        }
    }
}

/// Who waits at the end of the run, or at an event, without a timeout around it.
fn waiting<'a>(found: &Found<'a>, at: Option<usize>) -> HashMap<TaskId, &'a Span> {
    let now = |lane: &'a TaskLane| match at.map(|at| found.time(at)) {
        None => lane.spans.last().filter(|_| lane.ended.is_none()),
        Some(time) => {
            let begun = lane.spans.partition_point(|span| span.from < time);
            lane.spans[..begun].last().filter(|span| time <= span.to)
        }
    };
    let waits = |span: &&Span| match &span.state {
        State::Waiting { until, .. } => at.is_none() || until.is_none(),
        _ => false,
    };
    let lanes = found.timeline.tasks.iter();
    lanes.filter_map(|lane| Some((lane.id, now(lane).filter(waits)?))).collect()
}

/// Adds the circles of those who wait, and their tasks to `in_circle`; who is there already is in no other.
fn circles(
    found: &mut Found,
    waiting: &HashMap<TaskId, &Span>,
    at: Option<usize>,
    in_circle: &mut Vec<TaskId>,
) {
    let end = at.map_or(found.timeline.end, |at| found.time(at));
    for lane in &found.timeline.tasks {
        let Some(circle) = circle(found, waiting, at, lane.id) else { continue };
        if circle.iter().any(|(task, _)| in_circle.contains(task)) {
            continue;
        }
        in_circle.extend(circle.iter().map(|(task, _)| *task));
        let since = circle.iter().map(|(task, _)| waiting[task].from).fold(0.0, f64::max);
        let last = circle.iter().find(|(task, _)| waiting[task].from == since);
        let task = last.map(|(task, _)| *task);
        let resource = last.and_then(|(_, resource)| *resource);
        let event = suspended(found, task, at).unwrap_or_else(|| found.event_at(since));
        let seconds = end - since;
        let number = circle.len();
        let site = task.and_then(|task| site(waiting[&task]));
        let finding = Found::plain(Flaw::Deadlock, event, seconds);
        found.add(Finding { task, resource, site, number, circle, ..finding });
    }
}

/// The circle that a task is in: itself first.
fn circle(
    found: &Found,
    waiting: &HashMap<TaskId, &Span>,
    at: Option<usize>,
    first: TaskId,
) -> Option<Vec<(TaskId, Option<ResourceId>)>> {
    // Depth first; the way that was come is the circle.
    let mut way: Vec<(TaskId, Option<ResourceId>)> = vec![(first, None)];
    let mut open = vec![needs(found, waiting.get(&first)?, at)];
    let mut seen = vec![first];
    loop {
        let Some((next, resource)) = open.last_mut()?.pop() else {
            open.pop();
            way.pop();
            continue;
        };
        way.last_mut()?.1 = resource;
        if next == first {
            return Some(way);
        }
        let Some(span) = waiting.get(&next).filter(|_| !seen.contains(&next)) else { continue };
        seen.push(next);
        way.push((next, None));
        open.push(needs(found, span, at));
    }
}

/// Without whom a wait cannot end: all of them have to do something.
fn needs(found: &Found, span: &Span, at: Option<usize>) -> Vec<(TaskId, Option<ResourceId>)> {
    let State::Waiting { cause, .. } = &span.state else { return Vec::new() };
    match cause {
        Wait::Task(task) => vec![(*task, None)],
        Wait::Tasks { op: GroupOp::Gather | GroupOp::TaskGroup | GroupOp::Shield, tasks } => {
            tasks.iter().map(|task| (*task, None)).collect()
        }
        Wait::Resource { id, op: Op::Acquire } => {
            let lane = found.timeline.resource(*id);
            // Of several permits any may come back.
            let lane = lane.filter(|lane| lane.slots() == Some(1));
            let lasts = |hold: &&Hold| match at.map(|at| found.time(at)) {
                None => !hold.returned,
                Some(time) => hold.from < time && time <= hold.to,
            };
            let held = lane.into_iter().flat_map(|lane| &lane.holds).filter(lasts);
            held.filter_map(|hold| Some((hold.holder?, Some(*id)))).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether nothing can happen any more, though the loop was not closed.
fn is_over(found: &Found) -> bool {
    let order = found.causes.order();
    let closed = order.events().iter().rev().take(2);
    if closed.into_iter().any(|event| matches!(event.kind, EventKind::LoopClosed)) {
        return false;
    }
    let agenda = order.agenda(order.last());
    agenda.ready.is_empty() && agenda.timers.is_empty()
}

/// Tells a wait that never ends, unless it is for other tasks or for what is outside of the loop.
fn forever(found: &mut Found, task: TaskId, span: &Span) {
    let State::Waiting { cause, .. } = &span.state else { return };
    let (resource, flaw, number) = match cause {
        Wait::Resource { id, op: Op::Join } => {
            let left = left_undone(found, *id);
            let empty =
                found.timeline.resource(*id).is_some_and(|lane| lane.depth_at(f64::MAX) == 0);
            let flaw = if left > 0 && empty { Flaw::JoinForever } else { Flaw::WaitsForever };
            (Some(*id), flaw, left)
        }
        Wait::Resource { id, op: Op::Acquire | Op::Get | Op::Put | Op::Wait } => {
            (Some(*id), Flaw::WaitsForever, 0)
        }
        Wait::Future => (None, Flaw::WaitsForever, 0),
        _ => return,
    };
    let event = suspended(found, Some(task), None).unwrap_or_else(|| found.event_at(span.from));
    let seconds = found.timeline.end - span.from;
    let (task, site) = (Some(task), site(span));
    found.add(Finding { task, resource, site, number, ..Found::plain(flaw, event, seconds) });
}

/// How many items of a queue were not declared done.
fn left_undone(found: &Found, queue: ResourceId) -> usize {
    let mut left = 0_usize;
    for event in found.causes.events() {
        match &event.kind {
            EventKind::QueuePut { id, .. } if *id == queue => left += 1,
            EventKind::QueueTaskDone { id, unfinished, .. } if *id == queue => left = *unfinished,
            _ => {}
        }
    }
    left
}

/// The last event that suspends a task, before another event if one is given.
fn suspended(found: &Found, own: Option<TaskId>, before: Option<usize>) -> Option<usize> {
    let is_own = |event: &trace::Event| matches!(&event.kind, EventKind::Suspended { task, .. } if Some(*task) == own);
    let events = found.causes.events();
    events[..before.unwrap_or(events.len())].iter().rposition(is_own)
}

fn site(span: &Span) -> Option<trace::Site> {
    match &span.state {
        State::Waiting { at, .. } => at.clone(),
        _ => None,
    }
}
