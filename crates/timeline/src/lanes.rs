//! The lanes of tasks, the links between them, and the lines they print.

use super::{Line, Link, LinkKind, Span, State, TaskLane, Timeline};
use trace::{Cause, Event, EventKind, Source};

/// A lane in the making: the state it is in and since when.
struct Open {
    lane: TaskLane,
    state: State,
    since: f64,
    cancel_requested: bool,
}

pub(super) fn fold(events: &[Event], end: f64) -> Timeline {
    let mut timeline = Timeline { end, ..Timeline::default() };
    let mut open: Vec<Open> = Vec::new();
    for event in events {
        apply(event, &mut open, &mut timeline);
    }
    let lanes = open.into_iter().map(|lane| lane.close(end)).collect();
    timeline.tasks = order(lanes);
    timeline
}

fn apply(event: &Event, open: &mut Vec<Open>, timeline: &mut Timeline) {
    let time = event.time;
    let mut link = |kind, from, to| timeline.links.push(Link { time, kind, from, to });
    match &event.kind {
        EventKind::TaskCreated { task, parent, name } => {
            if let Some(parent) = *parent {
                link(LinkKind::Created, parent, *task);
            }
            let depth = parent
                .and_then(|parent| open.get(parent.0 as usize))
                .map_or(0, |parent| parent.lane.depth + 1);
            open.push(Open {
                lane: TaskLane {
                    id: *task,
                    name: name.clone(),
                    parent: *parent,
                    depth,
                    created: time,
                    started: None,
                    ended: None,
                    outcome: None,
                    spans: Vec::new(),
                },
                state: State::Scheduled,
                since: time,
                cancel_requested: false,
            });
        }
        EventKind::StepBegan { task, .. } => {
            if let Some(open) = open.get_mut(task.0 as usize) {
                // Cancelled before its first step, a task ends in it without having begun.
                if open.lane.started.is_none() && !open.cancel_requested {
                    open.lane.started = Some(time);
                }
                open.turn(time, State::Running);
            }
        }
        EventKind::Suspended { task, cause, at, until } => {
            if let Some(open) = open.get_mut(task.0 as usize) {
                let (cause, at, until) = (cause.clone(), *at, *until);
                open.turn(time, State::Waiting { cause, at, until, woken_by: None });
            }
        }
        EventKind::Woken { task, by } => {
            if let Source::Task(from) = *by
                && from != *task
            {
                link(LinkKind::Woke, from, *task);
            }
            if let Some(open) = open.get_mut(task.0 as usize) {
                open.woken(time, *by);
            }
        }
        EventKind::CancelRequested { task, by } => {
            if let Source::Task(from) = *by {
                link(LinkKind::Cancelled, from, *task);
            }
            if let Some(open) = open.get_mut(task.0 as usize) {
                open.cancel_requested = true;
            }
        }
        EventKind::Blocked { task: Some(task), seconds } => {
            if let Some(open) = open.get_mut(task.0 as usize) {
                open.turn(time, State::Blocking);
                // It may reach beyond now: then it lasts.
                open.turn((time + seconds).min(timeline.end), State::Running);
            }
        }
        EventKind::Finished { task, outcome } => {
            if let Some(open) = open.get_mut(task.0 as usize) {
                open.turn(time, State::Running);
                open.lane.ended = Some(time);
                open.lane.outcome = Some(outcome.clone());
            }
        }
        EventKind::Printed { task, text } => {
            timeline.lines.push(Line { time, task: *task, text: text.clone(), logged: false });
        }
        EventKind::Logged { task, message, about, error } => {
            let about = about.and_then(|task| open.get(task.0 as usize));
            let about = about.map_or_else(String::new, |open| format!(" [{}]", open.lane.name));
            let error = error.as_ref().map_or_else(String::new, |error| format!(": {error}"));
            let text = format!("{message}{about}{error}").into();
            timeline.lines.push(Line { time, task: *task, text, logged: true });
        }
        EventKind::Renamed { task, name } => {
            if let Some(open) = open.get_mut(task.0 as usize) {
                open.lane.name = name.clone();
            }
        }
        _ => {}
    }
}

impl Open {
    /// Ends the present state at `time` and goes over to the next.
    fn turn(&mut self, time: f64, next: State) {
        let state = std::mem::replace(&mut self.state, next);
        self.lane.spans.push(Span { from: self.since, to: time, state });
        self.since = time;
    }

    fn woken(&mut self, time: f64, by: Source) {
        // A step may wake its own task before it is suspended: that is no wait.
        let State::Waiting { cause, woken_by, .. } = &mut self.state else { return };
        *woken_by = Some(by);
        // A timer that was due while the loop was held: from then on the task waited for the loop.
        let due = match cause {
            Cause::Sleep { until }
                if by == Source::Timer && *until < time && *until > self.since =>
            {
                *until
            }
            _ => time,
        };
        self.turn(due, State::Scheduled);
    }

    fn close(mut self, end: f64) -> TaskLane {
        if self.lane.ended.is_none() {
            self.turn(end, State::Scheduled);
        }
        self.lane
    }
}

/// Children after their parents, each family in order of creation. Tasks are numbered in that order.
fn order(lanes: Vec<TaskLane>) -> Vec<TaskLane> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); lanes.len()];
    let mut waiting: Vec<usize> = Vec::new();
    for (n, lane) in lanes.iter().enumerate() {
        match lane.parent.and_then(|parent| children.get_mut(parent.0 as usize)) {
            Some(siblings) => siblings.push(n),
            None => waiting.push(n),
        }
    }
    waiting.reverse();
    let mut lanes: Vec<Option<TaskLane>> = lanes.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(lanes.len());
    while let Some(n) = waiting.pop() {
        ordered.extend(lanes[n].take());
        waiting.extend(children[n].iter().rev());
    }
    ordered
}
