//! Lines of waiting: pools and semaphores that are too small, locks that go from hand to hand, queues that grow.

use super::{Finding, Flaw, Found};
use crate::MOMENT;
use std::collections::{BTreeSet, HashMap};
use timeline::ResourceLane;
use trace::{EventKind, ResourceId, ResourceKind, TaskId};

/// From so many hands on in a row a lock is in a convoy.
const HANDS: usize = 3;
/// Fewer items than these are no growing queue.
const ITEMS: usize = 5;

/// Finds what is waited for in line, and queues that get fuller and fuller.
pub(super) fn find(found: &mut Found) {
    let (timeline, on_path) = (found.timeline, found.causes.on_path());
    for lane in &timeline.resources {
        match lane.kind {
            ResourceKind::Pool { .. } => too_few(found, lane, &while_all_work(lane)),
            // A semaphore that nobody is later for may be as small as it likes.
            ResourceKind::Permits { .. } if on_path.contains(&lane.id) => {
                too_few(found, lane, &lane.waiting);
            }
            ResourceKind::Lock => convoy(found, lane),
            _ => {}
        }
    }
    queues(found);
}

/// The stretches in which a number was not 0, and the most that it was.
fn stretches(steps: &[(f64, usize)], end: f64) -> Vec<(f64, f64, usize)> {
    let mut stretches: Vec<(f64, f64, usize)> = Vec::new();
    let mut open: Option<(f64, usize)> = None;
    for (time, value) in steps {
        open = match (open, value) {
            (None, 0) => None,
            (None, value) => Some((*time, *value)),
            (Some((from, most)), 0) => {
                stretches.push((from, *time, most));
                None
            }
            (Some((from, most)), value) => Some((from, most.max(*value))),
        };
    }
    stretches.extend(open.map(|(from, most)| (from, end, most)));
    stretches.retain(|(from, to, _)| to - from > MOMENT);
    stretches
}

/// The jobs in line at a pool while all of its workers are at one: a worker that is free takes a moment to begin.
fn while_all_work(lane: &ResourceLane) -> Vec<(f64, usize)> {
    let value = |steps: &[(f64, usize)], time: f64| {
        let known = steps.partition_point(|(at, _)| *at <= time);
        steps[..known].last().map(|(_, value)| *value)
    };
    let times = lane.free.iter().chain(&lane.depth).map(|(time, _)| *time);
    let mut times: Vec<f64> = times.collect();
    sorting::by(&mut times, f64::total_cmp);
    times.dedup();
    let in_line = |time: f64| match value(&lane.free, time) {
        Some(0) => value(&lane.depth, time).unwrap_or(0),
        _ => 0,
    };
    times.into_iter().map(|time| (time, in_line(time))).collect()
}

fn too_few(found: &mut Found, lane: &ResourceLane, line: &[(f64, usize)]) {
    let all = stretches(line, found.timeline.end);
    let seconds = all.iter().fold(0.0, |sum, (from, to, _)| sum + (to - from));
    let longest = all.iter().max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    let Some((from, ..)) = longest else { return };
    let number = all.iter().map(|(.., most)| *most).max().unwrap_or_default();
    let finding = Found::plain(Flaw::TooFew, found.event_at(*from), seconds);
    found.add(Finding { resource: Some(lane.id), number, ..finding });
}

fn convoy(found: &mut Found, lane: &ResourceLane) {
    for (from, to, _) in stretches(&lane.waiting, found.timeline.end) {
        let handed = lane.holds.iter().filter(|hold| from < hold.from && hold.from <= to);
        let hands = handed.clone().count();
        let holders: BTreeSet<Option<TaskId>> = handed.map(|hold| hold.holder).collect();
        if hands >= HANDS && holders.len() >= HANDS {
            let finding = Found::plain(Flaw::Convoy, found.event_at(from), to - from);
            found.add(Finding { resource: Some(lane.id), number: hands, ..finding });
        }
    }
}

/// What went into a queue: when and by which event, and how many were in it then.
type Puts = Vec<(usize, f64, usize)>;

/// Finds queues without bound that hold more and more for as long as something is put into them.
fn queues(found: &mut Found) {
    let mut puts: HashMap<ResourceId, Puts> = HashMap::new();
    let mut emptied: HashMap<ResourceId, f64> = HashMap::new();
    // What is put in one go is one load, however long that took.
    let mut turns: HashMap<ResourceId, usize> = HashMap::new();
    for (n, event) in found.causes.events().iter().enumerate() {
        match &event.kind {
            EventKind::QueuePut { id, depth, .. } => {
                let puts = puts.entry(*id).or_default();
                let turn = found.causes.node_of(n);
                if turns.insert(*id, turn) == Some(turn) {
                    puts.pop();
                }
                puts.push((n, event.time, *depth));
            }
            EventKind::QueueGot { id, depth: 0, .. } => {
                emptied.insert(*id, event.time);
            }
            _ => {}
        }
    }
    for lane in &found.timeline.resources {
        if lane.kind != (ResourceKind::Queue { bound: None }) {
            continue;
        }
        let Some(puts) = puts.get(&lane.id) else { continue };
        let (first, last) = (puts[0], puts[puts.len() - 1]);
        let middle = puts.partition_point(|(_, time, _)| *time < (first.1 + last.1) / 2.0);
        let most =
            |puts: &[(usize, f64, usize)]| puts.iter().map(|(.., depth)| *depth).max().unwrap_or(0);
        let (before, after) = puts.split_at(middle);
        let emptied = emptied.get(&lane.id).is_some_and(|time| {
            after.first().is_some_and(|(_, from, _)| time >= from) && *time <= last.1
        });
        let seconds = last.1 - first.1;
        if seconds > MOMENT && !emptied && most(after) >= ITEMS && most(after) > most(before) {
            let peak = after.iter().max_by_key(|(.., depth)| *depth).map_or(last.0, |put| put.0);
            let finding = Found::plain(Flaw::QueueGrows, peak, seconds);
            found.add(Finding { resource: Some(lane.id), number: most(after), ..finding });
        }
    }
}
