//! The lanes of resources.

use trace::{Cause, Event, EventKind, ResourceId, ResourceKind, TaskId};

/// A resource over time.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceLane {
    /// The resource.
    pub id: ResourceId,
    /// Its sort and bounds.
    pub kind: ResourceKind,
    /// Its number among the resources of its sort, from 1.
    pub number: usize,
    /// When it was created.
    pub created: f64,
    /// Permits and workers: who held which, when. A worker is held by the task whose job it does.
    pub holds: Vec<Hold>,
    /// Queues: how many items were in it from each moment on. Pools: jobs that wait for a worker.
    /// Links: bytes on their way.
    pub depth: Vec<(f64, usize)>,
    /// How many tasks waited for it from each moment on.
    pub waiting: Vec<(f64, usize)>,
    /// When it was shut down, closed or broken.
    pub closed: Option<f64>,
}

/// A permit in somebody's hands.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// Which of the permits, from 0.
    pub permit: usize,
    /// Who took it.
    pub holder: Option<TaskId>,
    /// Since when.
    pub from: f64,
    /// Until when, or the end of the timeline.
    pub to: f64,
    /// Whether it was given back.
    pub returned: bool,
}

impl ResourceLane {
    /// Whether the other is numbered together with it.
    pub fn is_like(&self, other: &ResourceLane) -> bool {
        sort(self.kind) == sort(other.kind)
    }

    /// How many can be held at a time: permits or workers; `None` for what is not held.
    pub fn slots(&self) -> Option<usize> {
        match self.kind {
            ResourceKind::Permits { limit } => Some(limit),
            ResourceKind::Lock => Some(1),
            ResourceKind::Pool { workers, .. } => Some(workers),
            _ => None,
        }
    }

    /// Whether it is a pool of workers, held by jobs.
    pub fn is_pool(&self) -> bool {
        matches!(self.kind, ResourceKind::Pool { .. })
    }

    /// Whether its depth is worth showing, and the most it may come to.
    pub fn depth_bound(&self) -> Option<Option<usize>> {
        match self.kind {
            ResourceKind::Queue { bound } => Some(bound),
            ResourceKind::Link { .. } => Some(None),
            _ => None,
        }
    }

    /// The number of items in a queue at a moment.
    pub fn depth_at(&self, time: f64) -> usize {
        at(&self.depth, time)
    }

    /// The number of tasks that wait at a moment.
    pub fn waiting_at(&self, time: f64) -> usize {
        at(&self.waiting, time)
    }

    fn take(&mut self, holder: Option<TaskId>, from: f64) {
        let held = |permit| self.holds.iter().any(|hold| hold.permit == permit && !hold.returned);
        let permit = (0..).find(|permit| !held(*permit)).unwrap_or(0);
        self.holds.push(Hold { permit, holder, from, to: from, returned: false });
    }

    /// Whoever gives a permit back gives its own, if it holds one; any task may give one back.
    fn give_back(&mut self, holder: Option<TaskId>, time: f64) {
        let held = || self.holds.iter().enumerate().filter(|(_, hold)| !hold.returned);
        let own = held().find(|(_, hold)| hold.holder == holder);
        if let Some(n) = own.or_else(|| held().next()).map(|(n, _)| n) {
            self.holds[n].to = time;
            self.holds[n].returned = true;
        }
    }
}

/// The value of a step function at a moment.
fn at(steps: &[(f64, usize)], time: f64) -> usize {
    steps.iter().rev().find(|(from, _)| *from <= time).map_or(0, |(_, value)| *value)
}

/// Adds a step, in place of one at the same moment.
fn push(steps: &mut Vec<(f64, usize)>, time: f64, value: usize) {
    match steps.last_mut() {
        Some(last) if last.0 == time => last.1 = value,
        Some(last) if last.1 == value => {}
        _ => steps.push((time, value)),
    }
}

pub(super) fn fold(events: &[Event], end: f64) -> Vec<ResourceLane> {
    let mut lanes: Vec<ResourceLane> = Vec::new();
    // What each task waits for, by task number.
    let mut waits: Vec<Option<ResourceId>> = Vec::new();
    // Who handed which job to which pool.
    let mut jobs: Vec<(ResourceId, u32, Option<TaskId>)> = Vec::new();
    for event in events {
        let time = event.time;
        match &event.kind {
            EventKind::ResourceCreated { id, kind } => {
                let same = |lane: &&ResourceLane| sort(lane.kind) == sort(*kind);
                lanes.push(ResourceLane {
                    id: *id,
                    kind: *kind,
                    number: lanes.iter().filter(same).count() + 1,
                    created: time,
                    holds: Vec::new(),
                    depth: vec![(time, 0)],
                    waiting: vec![(time, 0)],
                    closed: None,
                });
            }
            EventKind::PermitTaken { id, holder, .. } => {
                if let Some(lane) = lanes.get_mut(id.0 as usize) {
                    lane.take(*holder, time);
                }
            }
            EventKind::PermitReturned { id, holder, .. } => {
                if let Some(lane) = lanes.get_mut(id.0 as usize) {
                    lane.give_back(*holder, time);
                }
            }
            EventKind::QueuePut { id, depth, .. } | EventKind::QueueGot { id, depth, .. } => {
                if let Some(lane) = lanes.get_mut(id.0 as usize) {
                    push(&mut lane.depth, time, *depth);
                }
            }
            EventKind::QueueShutDown { id, immediate, .. } => {
                if let Some(lane) = lanes.get_mut(id.0 as usize) {
                    lane.closed.get_or_insert(time);
                    if *immediate {
                        push(&mut lane.depth, time, 0);
                    }
                }
            }
            EventKind::LinkClosed { id } => {
                if let Some(lane) = lanes.get_mut(id.0 as usize) {
                    lane.closed.get_or_insert(time);
                }
            }
            EventKind::BarrierChanged { id, broken, .. } => {
                if let Some(lane) = lanes.get_mut(id.0 as usize) {
                    lane.closed = broken.then(|| lane.closed.unwrap_or(time));
                }
            }
            EventKind::JobQueued { id, job, task } => {
                jobs.push((*id, *job, *task));
                change(&mut lanes, *id, time, 1);
            }
            EventKind::JobBegan { id, job, worker } => {
                change(&mut lanes, *id, time, -1);
                let queued = jobs.iter().find(|(pool, other, _)| pool == id && other == job);
                let holder = queued.and_then(|(_, _, task)| *task);
                if let Some(lane) = lanes.get_mut(id.0 as usize) {
                    let (permit, from) = (*worker, time);
                    lane.holds.push(Hold { permit, holder, from, to: from, returned: false });
                }
            }
            EventKind::JobEnded { id, worker: Some(worker), .. } => {
                if let Some(lane) = lanes.get_mut(id.0 as usize) {
                    let mut held = lane.holds.iter_mut();
                    if let Some(hold) = held.find(|hold| hold.permit == *worker && !hold.returned) {
                        hold.to = time;
                        hold.returned = true;
                    }
                }
            }
            EventKind::JobEnded { id, worker: None, .. } => change(&mut lanes, *id, time, -1),
            EventKind::BytesSent { id, bytes, .. } => {
                change(&mut lanes, *id, time, *bytes as isize);
            }
            EventKind::BytesArrived { id, bytes } => {
                change(&mut lanes, *id, time, -(*bytes as isize));
            }
            EventKind::TaskCreated { .. } => waits.push(None),
            EventKind::Suspended { task, cause: Cause::Resource { id, .. }, .. } => {
                if let Some(wait) = waits.get_mut(task.0 as usize) {
                    *wait = Some(*id);
                    count(&mut lanes, *id, time, 1);
                }
            }
            EventKind::Woken { task, .. } => {
                if let Some(id) = waits.get_mut(task.0 as usize).and_then(Option::take) {
                    count(&mut lanes, id, time, -1);
                }
            }
            _ => {}
        }
    }
    for hold in lanes.iter_mut().flat_map(|lane| &mut lane.holds).filter(|hold| !hold.returned) {
        hold.to = end;
    }
    lanes
}

fn count(lanes: &mut [ResourceLane], id: ResourceId, time: f64, by: isize) {
    if let Some(lane) = lanes.get_mut(id.0 as usize) {
        let now = lane.waiting.last().map_or(0, |(_, waiting)| *waiting);
        push(&mut lane.waiting, time, now.saturating_add_signed(by));
    }
}

/// Adds to the depth.
fn change(lanes: &mut [ResourceLane], id: ResourceId, time: f64, by: isize) {
    if let Some(lane) = lanes.get_mut(id.0 as usize) {
        let now = lane.depth.last().map_or(0, |(_, depth)| *depth);
        push(&mut lane.depth, time, now.saturating_add_signed(by));
    }
}

/// What resources that are numbered together have in common.
fn sort(kind: ResourceKind) -> (std::mem::Discriminant<ResourceKind>, bool) {
    let which = match kind {
        ResourceKind::Pool { processes, .. } => processes,
        ResourceKind::Link { outward } => outward,
        _ => false,
    };
    (std::mem::discriminant(&kind), which)
}
