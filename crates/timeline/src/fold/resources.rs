//! The lanes of resources in the making.

use super::Fold;
use super::holds::Holds;
use super::pool::Pool;
use crate::resource::Sort;
use crate::{Notice, Raised, ResourceLane, Waiter, steps};
use std::collections::HashMap;
use trace::{EventKind, ResourceId, ResourceKind, TaskId, Wait};

/// What is known of resources besides their lanes.
#[derive(Clone, Debug, Default)]
pub(super) struct Resources {
    /// By place among the lanes.
    open: Vec<OpenResource>,
    /// How many there are of each sort.
    numbers: HashMap<Sort, usize>,
}

#[derive(Clone, Debug)]
enum OpenResource {
    /// A semaphore or a lock.
    Permits(Box<Holds>),
    /// A pool.
    Pool(Box<Pool>),
    /// What nobody holds.
    Plain,
}

impl Fold {
    /// Takes what an event says of resources.
    pub(super) fn push_resource(&mut self, time: f64, kind: &EventKind) {
        match kind {
            EventKind::ResourceCreated { id, kind } => self.create_resource(time, *id, *kind),
            EventKind::ResourceNamed { id, name } => {
                self.with_resource(*id, |lane| lane.name = Some(name.clone()));
            }
            EventKind::PermitTaken { id, holder, free, .. } => {
                self.with_permits(*id, |holds, lane| {
                    holds.take(lane, *holder, time);
                    steps::push(&mut lane.free, time, *free);
                });
            }
            EventKind::PermitReturned { id, holder, free, .. } => {
                self.with_permits(*id, |holds, lane| {
                    match lane.kind {
                        ResourceKind::Lock => holds.give_all_back(lane, time),
                        _ => holds.give_back(lane, *holder, time),
                    }
                    steps::push(&mut lane.free, time, *free);
                });
            }
            EventKind::QueuePut { id, depth, .. } | EventKind::QueueGot { id, depth, .. } => {
                self.with_resource(*id, |lane| steps::push(&mut lane.depth, time, *depth));
            }
            EventKind::QueueShutDown { id, immediate, .. } => {
                self.with_resource(*id, |lane| {
                    lane.closed.get_or_insert(time);
                    if *immediate {
                        steps::push(&mut lane.depth, time, 0);
                    }
                });
            }
            EventKind::FlagSet { id, task } => {
                self.with_resource(*id, |lane| {
                    if lane.raised.last().is_none_or(|last| last.to.is_some()) {
                        lane.raised.push(Raised { from: time, by: *task, to: None });
                    }
                });
            }
            EventKind::FlagCleared { id, .. } => {
                self.with_resource(*id, |lane| {
                    if let Some(last) = lane.raised.last_mut() {
                        last.to.get_or_insert(time);
                    }
                });
            }
            EventKind::Notified { id, task, count } => {
                self.with_resource(*id, |lane| {
                    lane.notices.push(Notice { time, by: *task, count: *count });
                });
            }
            EventKind::LinkClosed { id } => {
                self.with_resource(*id, |lane| {
                    lane.closed.get_or_insert(time);
                });
            }
            EventKind::BarrierChanged { id, broken, .. } => {
                self.with_resource(*id, |lane| {
                    lane.closed = broken.then(|| lane.closed.unwrap_or(time));
                });
            }
            EventKind::ValueRead { id, task, value } => {
                self.with_resource(*id, |lane| lane.accesses.read(time, *task, *value));
            }
            EventKind::ValueWritten { id, task, value } => {
                self.with_resource(*id, |lane| lane.accesses.write(time, *task, *value));
            }
            EventKind::JobQueued { id, job, task } => {
                self.with_pool(*id, |pool, lane| pool.queue(lane, *job, *task, time));
            }
            EventKind::JobBegan { id, job, worker } => {
                self.with_pool(*id, |pool, lane| pool.begin(lane, *job, *worker, time));
            }
            EventKind::JobEnded { id, job, .. } => {
                self.with_pool(*id, |pool, lane| pool.end(lane, *job, time));
            }
            EventKind::BytesSent { id, bytes, .. } => {
                self.with_resource(*id, |lane| {
                    steps::change(&mut lane.depth, time, |way| way.saturating_add(*bytes));
                });
            }
            EventKind::BytesArrived { id, bytes } => {
                self.with_resource(*id, |lane| {
                    steps::change(&mut lane.depth, time, |way| way.saturating_sub(*bytes));
                });
            }
            EventKind::Suspended { task, wait, .. } => {
                self.stop_waiting(time, *task);
                if let Wait::Resource { id, .. } = wait {
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
        self.resources.open.push(match kind {
            ResourceKind::Permits { .. } | ResourceKind::Lock => {
                OpenResource::Permits(Box::default())
            }
            ResourceKind::Pool { .. } => OpenResource::Pool(Box::default()),
            _ => OpenResource::Plain,
        });
    }

    /// Lends a resource that is there.
    fn with_resource(&mut self, id: ResourceId, change: impl FnOnce(&mut ResourceLane)) {
        if let Some(place) = self.timeline.resource_place(id) {
            change(&mut self.timeline.resources[place]);
        }
    }

    /// Lends it if it has permits.
    fn with_permits(&mut self, id: ResourceId, change: impl FnOnce(&mut Holds, &mut ResourceLane)) {
        let Some(place) = self.timeline.resource_place(id) else { return };
        if let OpenResource::Permits(holds) = &mut self.resources.open[place] {
            change(holds, &mut self.timeline.resources[place]);
        }
    }

    /// Lends it if it is a pool.
    fn with_pool(&mut self, id: ResourceId, change: impl FnOnce(&mut Pool, &mut ResourceLane)) {
        let Some(place) = self.timeline.resource_place(id) else { return };
        if let OpenResource::Pool(pool) = &mut self.resources.open[place] {
            change(pool, &mut self.timeline.resources[place]);
        }
    }

    fn wait(&mut self, time: f64, task: TaskId, id: ResourceId) {
        let Some(place) = self.timeline.resource_place(id) else { return };
        let Some(task) = self.timeline.task_place(task) else { return };
        if self.timeline.tasks[task].ended.is_some() {
            return;
        }
        let open = &mut self.tasks[task];
        open.waits_for = Some(place);
        let lane = &mut self.timeline.resources[place];
        lane.waits.push(Waiter { task: self.timeline.tasks[task].id, span: open.over as u32 });
        steps::change(&mut lane.waiting, time, |tasks| tasks.saturating_add(1));
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
            match open {
                OpenResource::Permits(holds) => holds.show(lane, end),
                OpenResource::Pool(pool) => pool.show(lane, end),
                OpenResource::Plain => {}
            }
        }
    }
}
