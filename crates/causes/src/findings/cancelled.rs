//! What comes of requests to cancel, and of wake-ups.

use super::survey::Tasks;
use super::{Finding, Flaw, Found};
use crate::MOMENT;
use timeline::State;
use trace::{Actor, EventKind, HandleKind, Outcome, Ready, TaskId, Wait};

/// Tells that a task is asked to cancel itself: at the end of the program, or though its wait is over.
pub(super) fn asked(found: &mut Found, tasks: &mut Tasks, n: usize, task: TaskId, by: Actor) {
    let causes = found.causes;
    let known = tasks.entry(task).or_default();
    let now = found.time(n);
    let mut over = None;
    if let (Some((wait, at, since)), Some((_, false))) = (&known.wait, known.woken)
        && !matches!(wait, Wait::NextIteration)
    {
        let due = match by {
            Actor::Timeout(id) => found.timeline.deadline(id).and_then(|deadline| deadline.due),
            _ => None,
        };
        let late = due.map(|due| now - due).filter(|late| *late > MOMENT);
        let waited = now - found.time(*since);
        let (flaw, seconds) = match late {
            Some(late) => (Flaw::TimeoutLate, late),
            None => (Flaw::ResultLost, waited),
        };
        // A sleep has no result.
        let lost = late.is_some() || !matches!(wait, Wait::Sleep { .. });
        let resource = match wait {
            Wait::Resource { id, .. } => Some(*id),
            _ => None,
        };
        let other = match by {
            Actor::Task(task) => Some(task),
            _ => None,
        };
        let (task, site) = (Some(task), at.clone());
        if lost {
            let finding = Found::plain(flaw, n, seconds);
            over = Some(Finding { task, other, resource, site, ..finding });
        }
    }
    let node = causes.nodes()[causes.node_of(n)];
    let turn = causes.turn(causes.node_of(n));
    // Groups and timeouts ask as well, by callbacks of their own, and take it back.
    let own = match turn.map(|turn| turn.what) {
        Some(Ready::Step(asker)) => by == Actor::Task(asker) && asker != task,
        Some(Ready::Call(_)) => turn.and_then(|turn| turn.entered).is_some_and(|entered| {
            matches!(
                causes.events()[entered].kind,
                EventKind::HandleScheduled {
                    kind: HandleKind::Callback | HandleKind::DoneCallback,
                    ..
                }
            )
        }),
        // A recorder tells of it when the step of who asked is over.
        None => matches!(by, Actor::Task(asker) if asker != task),
    };
    if own {
        known.asked.push((n, by, over.is_some()));
    }
    match over {
        // Whether the result is lost, or the request, is seen when it ends.
        Some(finding) if own && known.asked.len() == 1 => known.thrown = Some(finding),
        Some(finding) => found.add(finding),
        None => {}
    }
    if node.turn.is_none() && by == Actor::Outside && is_last(found, n) {
        let lane = found.timeline.task(task);
        let span = lane.and_then(|lane| {
            lane.spans
                .iter()
                .rev()
                .find(|span| span.from <= now && matches!(span.state, State::Waiting { .. }))
        });
        let (left, site) = match span.map(|span| &span.state) {
            Some(State::Waiting { cause: Wait::Sleep { until }, at, .. }) => {
                (until - now, at.clone())
            }
            Some(State::Waiting { at, .. }) => (0.0, at.clone()),
            _ => (0.0, None),
        };
        let finding = Found::plain(Flaw::CutOff, n, left.max(0.0));
        found.add(Finding { task: Some(task), site, ..finding });
    }
}

/// Whether a request from outside is that of a program that is over: nobody sets off anything else before the loop is
/// closed.
fn is_last(found: &Found, n: usize) -> bool {
    let later = &found.causes.events()[n..];
    later.iter().rev().any(|event| matches!(event.kind, EventKind::LoopClosed))
}

/// Tells that a task has returned though it was asked to cancel itself: because what it waited for was there by then, or
/// in spite of it.
pub(super) fn swallowed(
    found: &mut Found,
    tasks: &mut Tasks,
    n: usize,
    task: TaskId,
    outcome: &Outcome,
) {
    let Some(known) = tasks.get_mut(&task) else { return };
    let Some((asked, by, over)) = known.asked.first().copied() else { return };
    if *outcome != Outcome::Done {
        return;
    }
    // The task has dealt with both, and what it made of the result the events do not say.
    let thrown = known.thrown.take().filter(|_| over);
    let (resource, site) = match thrown {
        Some(Finding { resource, site, .. }) => (resource, site),
        None => (None, None),
    };
    let flaw = if over { Flaw::CancelLost } else { Flaw::Swallowed };
    let other = match by {
        Actor::Task(other) => Some(other),
        _ => None,
    };
    let seconds = found.time(n) - found.time(asked);
    let finding = Found::plain(flaw, asked, seconds);
    found.add(Finding { task: Some(task), other, resource, site, ..finding });
}

/// Tells that a task that was woken for something waits for it again, since another has taken it.
pub(super) fn overtaken(found: &mut Found, tasks: &mut Tasks, n: usize, task: TaskId, wait: &Wait) {
    let Wait::Resource { id, .. } = wait else { return };
    let Some((promised, woken)) = tasks.entry(task).or_default().promised.take() else { return };
    if promised != *wait {
        return;
    }
    let between = &found.causes.events()[woken..n];
    let taker = between.iter().find_map(|event| match &event.kind {
        EventKind::QueueGot { id: other, task, .. }
        | EventKind::QueuePut { id: other, task, .. }
        | EventKind::PermitTaken { id: other, holder: task, .. }
            if other == id =>
        {
            *task
        }
        _ => None,
    });
    let Some(taker) = taker.filter(|taker| *taker != task) else { return };
    let later = found.causes.events()[n..].iter();
    let again = later.clone().find(
        |event| matches!(&event.kind, EventKind::Woken { task: woken, .. } if *woken == task),
    );
    let until = again.map_or(found.timeline.end, |event| event.time);
    let finding = Found::plain(Flaw::Overtaken, n, until - found.time(n));
    found.add(Finding { task: Some(task), other: Some(taker), resource: Some(*id), ..finding });
}
