//! The lanes of resources in the making.

use super::Fold;
use super::holds::Holds;
use crate::resource::Sort;
use crate::{ResourceLane, steps};
use std::collections::HashMap;
use trace::{Cause, EventKind, ResourceId, ResourceKind, TaskId};

/// What is known of resources besides their lanes.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// By place among the lanes.
    open: Vec<OpenResource>,
    /// How many there are of each sort.
    numbers: HashMap<Sort, usize>,
}

#[derive(Debug, Default)]
struct OpenResource {
    holds: Holds,
    /// Pools: who handed over the jobs that wait, by job.
    jobs: HashMap<u32, Option<TaskId>>,
    /// Pools: the workers that have had a job, numbered as they came.
    workers: HashMap<usize, Worker>,
}

#[derive(Debug)]
struct Worker {
    number: usize,
    /// What it does, if it does something.
    hold: Option<usize>,
}

impl Fold {
    /// Takes what an event says of resources.
    pub(super) fn push_resource(&mut self, time: f64, kind: &EventKind) {
        match kind {
            EventKind::ResourceCreated { id, kind } => self.create_resource(time, *id, *kind),
            EventKind::PermitTaken { id, holder, free, .. } => {
                self.with_permits(*id, |open, lane| {
                    open.holds.take(lane, *holder, time);
                    steps::push(&mut lane.free, time, *free);
                });
            }
            EventKind::PermitReturned { id, holder, free, .. } => {
                self.with_permits(*id, |open, lane| {
                    match lane.kind {
                        ResourceKind::Lock => open.holds.give_all_back(lane, time),
                        _ => open.holds.give_back(lane, *holder, time),
                    }
                    steps::push(&mut lane.free, time, *free);
                });
            }
            EventKind::QueuePut { id, depth, .. } | EventKind::QueueGot { id, depth, .. } => {
                self.with_resource(*id, |_, lane| steps::push(&mut lane.depth, time, *depth));
            }
            EventKind::QueueShutDown { id, immediate, .. } => {
                self.with_resource(*id, |_, lane| {
                    lane.closed.get_or_insert(time);
                    if *immediate {
                        steps::push(&mut lane.depth, time, 0);
                    }
                });
            }
            EventKind::LinkClosed { id } => {
                self.with_resource(*id, |_, lane| {
                    lane.closed.get_or_insert(time);
                });
            }
            EventKind::BarrierChanged { id, broken, .. } => {
                self.with_resource(*id, |_, lane| {
                    lane.closed = broken.then(|| lane.closed.unwrap_or(time));
                });
            }
            EventKind::JobQueued { id, job, task } => {
                self.with_pool(*id, |open, lane| {
                    open.jobs.insert(*job, *task);
                    steps::change(&mut lane.depth, time, |jobs| jobs.saturating_add(1));
                });
            }
            EventKind::JobBegan { id, job, worker } => {
                self.with_pool(*id, |open, lane| {
                    open.leave(lane, *worker, time);
                    let holder = open.jobs.remove(job).flatten();
                    let next = Worker { number: open.workers.len(), hold: None };
                    let worker = open.workers.entry(*worker).or_insert(next);
                    worker.hold = Some(open.holds.begin(lane, worker.number, holder, time));
                    steps::change(&mut lane.depth, time, |jobs| jobs.saturating_sub(1));
                    steps::change(&mut lane.free, time, |free| free.saturating_sub(1));
                });
            }
            EventKind::JobEnded { id, worker: Some(worker), .. } => {
                self.with_pool(*id, |open, lane| open.leave(lane, *worker, time));
            }
            EventKind::JobEnded { id, job, worker: None, .. } => {
                self.with_pool(*id, |open, lane| {
                    open.jobs.remove(job);
                    steps::change(&mut lane.depth, time, |jobs| jobs.saturating_sub(1));
                });
            }
            EventKind::BytesSent { id, bytes, .. } => {
                self.with_resource(*id, |_, lane| {
                    steps::change(&mut lane.depth, time, |way| way.saturating_add(*bytes));
                });
            }
            EventKind::BytesArrived { id, bytes } => {
                self.with_resource(*id, |_, lane| {
                    steps::change(&mut lane.depth, time, |way| way.saturating_sub(*bytes));
                });
            }
            EventKind::Suspended { task, cause, .. } => {
                self.stop_waiting(time, *task);
                if let Cause::Resource { id, .. } = cause {
                    self.wait(time, *task, *id);
                }
            }
            EventKind::Woken { task, .. } | EventKind::Finished { task, .. } => {
                self.stop_waiting(time, *task);
            }
            _ => {}
        }
    }

    fn create_resource(&mut self, time: f64, id: ResourceId, kind: ResourceKind) {
        if self.timeline.resource_place(id).is_some() {
            return;
        }
        let number = self.resources.numbers.entry(Sort::of(kind)).or_default();
        *number += 1;
        self.timeline.resource_places.insert(id.0, self.timeline.resources.len());
        self.timeline.resources.push(ResourceLane::new(id, kind, *number, time));
        self.resources.open.push(OpenResource::default());
    }

    /// Lends a resource that is there.
    fn with_resource(
        &mut self,
        id: ResourceId,
        change: impl FnOnce(&mut OpenResource, &mut ResourceLane),
    ) {
        if let Some(place) = self.timeline.resource_place(id) {
            change(&mut self.resources.open[place], &mut self.timeline.resources[place]);
        }
    }

    /// Lends it if it has permits: a semaphore or a lock.
    fn with_permits(
        &mut self,
        id: ResourceId,
        change: impl FnOnce(&mut OpenResource, &mut ResourceLane),
    ) {
        self.with_resource(id, |open, lane| {
            if lane.slots().is_some() && !lane.is_pool() {
                change(open, lane);
            }
        });
    }

    /// Lends it if it is a pool.
    fn with_pool(
        &mut self,
        id: ResourceId,
        change: impl FnOnce(&mut OpenResource, &mut ResourceLane),
    ) {
        self.with_resource(id, |open, lane| {
            if lane.is_pool() {
                change(open, lane);
            }
        });
    }

    fn wait(&mut self, time: f64, task: TaskId, id: ResourceId) {
        let Some(place) = self.timeline.resource_place(id) else { return };
        let Some(task) = self.timeline.task_place(task) else { return };
        if self.timeline.tasks[task].ended.is_some() {
            return;
        }
        self.tasks[task].waits_for = Some(place);
        let waiting = &mut self.timeline.resources[place].waiting;
        steps::change(waiting, time, |tasks| tasks.saturating_add(1));
    }

    fn stop_waiting(&mut self, time: f64, task: TaskId) {
        let Some(task) = self.timeline.task_place(task) else { return };
        if let Some(place) = self.tasks[task].waits_for.take() {
            let waiting = &mut self.timeline.resources[place].waiting;
            steps::change(waiting, time, |tasks| tasks.saturating_sub(1));
        }
    }

    /// Lets the holds that last reach to `end`.
    pub(super) fn see_resources(&mut self, end: f64) {
        for (open, lane) in self.resources.open.iter().zip(&mut self.timeline.resources) {
            open.holds.show(lane, end);
        }
    }
}

impl OpenResource {
    /// A worker has nothing to do any more.
    fn leave(&mut self, lane: &mut ResourceLane, worker: usize, time: f64) {
        if let Some(hold) = self.workers.get_mut(&worker).and_then(|worker| worker.hold.take()) {
            self.holds.end(lane, hold, time);
            steps::change(&mut lane.free, time, |free| free.saturating_add(1));
        }
    }
}
