//! Waits that never end.

use super::{Finding, Flaw, Found};
use std::collections::HashMap;
use timeline::{Span, State, TaskLane};
use trace::{EventKind, GroupOp, Op, ResourceId, TaskId, Wait};

/// Finds circles of tasks that wait for each other at the end of the run, and where nothing can happen any more, what
/// else is waited for.
pub(super) fn find(found: &mut Found) {
    let waiting: HashMap<TaskId, &Span> = found
        .timeline
        .tasks
        .iter()
        .filter(|lane| lane.ended.is_none())
        .filter_map(|lane| Some((lane.id, lane.spans.last()?)))
        .filter(|(_, span)| matches!(span.state, State::Waiting { .. }))
        .collect();
    if waiting.is_empty() {
        return;
    }
    let mut in_circle: Vec<TaskId> = Vec::new();
    for lane in &found.timeline.tasks {
        let Some(circle) = circle(found, &waiting, lane.id) else { continue };
        if circle.iter().any(|(task, _)| in_circle.contains(task)) {
            continue;
        }
        in_circle.extend(circle.iter().map(|(task, _)| *task));
        let since = circle.iter().map(|(task, _)| waiting[task].from).fold(0.0, f64::max);
        let last = circle.iter().find(|(task, _)| waiting[task].from == since);
        let task = last.map(|(task, _)| *task);
        let resource = last.and_then(|(_, resource)| *resource);
        let event = suspended(found, task).unwrap_or_else(|| found.event_at(since));
        let seconds = found.timeline.end - since;
        let number = circle.len();
        let site = task.and_then(|task| site(waiting[&task]));
        let finding = Found::plain(Flaw::Deadlock, event, seconds);
        found.add(Finding { task, resource, site, number, circle, ..finding });
    }
    if is_over(found) {
        let lanes: Vec<&TaskLane> = found.timeline.tasks.iter().collect();
        for lane in lanes {
            let Some(span) = waiting.get(&lane.id).filter(|_| !in_circle.contains(&lane.id)) else {
                continue;
            };
            forever(found, lane.id, span);
        }
    }
}

/// The circle that a task is in: itself first.
fn circle(
    found: &Found,
    waiting: &HashMap<TaskId, &Span>,
    first: TaskId,
) -> Option<Vec<(TaskId, Option<ResourceId>)>> {
    // Depth first; the way that was come is the circle.
    let mut way: Vec<(TaskId, Option<ResourceId>)> = vec![(first, None)];
    let mut open = vec![needs(found, waiting.get(&first)?)];
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
        open.push(needs(found, span));
    }
}

/// Without whom a wait cannot end: all of them have to do something.
fn needs(found: &Found, span: &Span) -> Vec<(TaskId, Option<ResourceId>)> {
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
            let held = lane.into_iter().flat_map(|lane| &lane.holds).filter(|hold| !hold.returned);
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
    let event = suspended(found, Some(task)).unwrap_or_else(|| found.event_at(span.from));
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

/// The last event that suspends a task.
fn suspended(found: &Found, own: Option<TaskId>) -> Option<usize> {
    let is_own = |event: &trace::Event| matches!(&event.kind, EventKind::Suspended { task, .. } if Some(*task) == own);
    found.causes.events().iter().rposition(is_own)
}

fn site(span: &Span) -> Option<trace::Site> {
    match &span.state {
        State::Waiting { at, .. } => at.clone(),
        _ => None,
    }
}
