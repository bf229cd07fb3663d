//! The lanes of resources.

use crate::{Accesses, steps};
use std::rc::Rc;
use trace::{ResourceId, ResourceKind, TaskId};

/// A resource over time.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceLane {
    /// The resource.
    pub id: ResourceId,
    /// Its sort and bounds.
    pub kind: ResourceKind,
    /// What the program calls it, if that is known.
    pub name: Option<Rc<str>>,
    /// Its number among the resources of its sort, from 1.
    pub number: usize,
    /// When it was created.
    pub created: f64,
    /// Permits and workers: who held which, when, in the order in which they were taken. A worker is
    /// held by the task whose job it does.
    pub holds: Vec<Hold>,
    /// Permits and workers: how many are free from each moment on.
    pub free: Vec<(f64, usize)>,
    /// Queues: how many items were in it from each moment on. Pools: jobs that wait for a worker.
    /// Links: bytes on their way.
    pub depth: Vec<(f64, usize)>,
    /// How many tasks waited for it from each moment on.
    pub waiting: Vec<(f64, usize)>,
    /// Who waited for it, in the order in which they began to.
    pub waits: Vec<Waiter>,
    /// Flags: the stretches in which it was set.
    pub raised: Vec<Raised>,
    /// Conditions: when waiting tasks were notified.
    pub notices: Vec<Notice>,
    /// Values: who read and wrote it.
    pub accesses: Accesses,
    /// When it was shut down, closed or broken.
    pub closed: Option<f64>,
    /// How many permits are needed to number all holds: more than there were at first when one was
    /// given back that nobody had taken.
    pub(crate) numbered: usize,
}

/// A task that waits for a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// The task.
    pub task: TaskId,
    /// In which of its spans, by index.
    pub span: u32,
}

/// A stretch in which a flag was set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raised {
    /// When it was set.
    pub from: f64,
    /// Who set it, if a task.
    pub by: Option<TaskId>,
    /// When it was cleared, if it was.
    pub to: Option<f64>,
}

/// A notification of tasks that wait on a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Notice {
    /// When.
    pub time: f64,
    /// Who notified, if a task.
    pub by: Option<TaskId>,
    /// How many tasks.
    pub count: usize,
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
    pub(crate) fn new(id: ResourceId, kind: ResourceKind, number: usize, created: f64) -> Self {
        let mut lane = ResourceLane {
            id,
            kind,
            name: None,
            number,
            created,
            holds: Vec::new(),
            free: Vec::new(),
            depth: vec![(created, 0)],
            waiting: vec![(created, 0)],
            waits: Vec::new(),
            raised: Vec::new(),
            notices: Vec::new(),
            accesses: Accesses::default(),
            closed: None,
            numbered: 0,
        };
        if let Some(slots) = lane.slots() {
            lane.free.push((created, slots));
        }
        lane
    }

    /// Begins a hold of a permit.
    pub(crate) fn hold(&mut self, permit: usize, holder: Option<TaskId>, time: f64) {
        self.holds.push(Hold { permit, holder, from: time, to: time, returned: false });
        self.numbered = self.numbered.max(permit + 1);
    }

    /// Whether the other is numbered together with it.
    pub(crate) fn is_like(&self, other: &ResourceLane) -> bool {
        Sort::of(self.kind) == Sort::of(other.kind)
    }

    /// How many can be held at a time, permits or workers; `None` for what is not held. A semaphore has
    /// as many as were in somebody's hands at once, if these are more than it had at first: a permit
    /// that is given back without having been taken is one more.
    pub fn slots(&self) -> Option<usize> {
        let slots = match self.kind {
            ResourceKind::Permits { limit } => limit,
            ResourceKind::Lock => 1,
            ResourceKind::Pool { workers, .. } => workers,
            _ => return None,
        };
        Some(slots.max(self.numbered))
    }

    /// As many of them as there are at a moment: a permit too many is there from when it is given back.
    pub fn slots_at(&self, time: f64) -> Option<usize> {
        let ResourceKind::Permits { limit } = self.kind else { return self.slots() };
        let begun = self.holds.partition_point(|hold| hold.from <= time);
        let taken = self.holds[..begun].iter().map(|hold| hold.permit + 1).max().unwrap_or(0);
        Some(limit.max(taken).max(self.free_at(time) + self.holds_at(time).count()))
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

    /// The number of permits or workers that are free at a moment.
    pub fn free_at(&self, time: f64) -> usize {
        steps::at(&self.free, time)
    }

    /// The holds at a moment, in the order in which they were taken.
    pub fn holds_at(&self, time: f64) -> impl Iterator<Item = &Hold> {
        let begun = self.holds.partition_point(|hold| hold.from <= time);
        self.holds[..begun].iter().filter(move |hold| time < hold.to || !hold.returned)
    }

    /// Since when a flag is set at a moment, if it is.
    pub fn raised_at(&self, time: f64) -> Option<&Raised> {
        let begun = self.raised.partition_point(|raised| raised.from <= time);
        self.raised[..begun].last().filter(|raised| raised.to.is_none_or(|to| time < to))
    }

    /// The number of items in a queue at a moment.
    pub fn depth_at(&self, time: f64) -> usize {
        steps::at(&self.depth, time)
    }

    /// The moments at which anything of it changes, each once, in order.
    pub fn moments(&self) -> Vec<f64> {
        let steps = [&self.free, &self.depth, &self.waiting].into_iter().flatten();
        let mut moments: Vec<f64> = steps.map(|(time, _)| *time).collect();
        moments.push(self.created);
        moments.extend(self.holds.iter().flat_map(|hold| [hold.from, hold.to]));
        moments
            .extend(self.raised.iter().flat_map(|raised| [Some(raised.from), raised.to]).flatten());
        moments.extend(self.notices.iter().map(|notice| notice.time));
        moments.extend(self.accesses.all().iter().map(|access| access.time));
        moments.sort_unstable_by(f64::total_cmp);
        moments.dedup();
        moments
    }

    /// The number of tasks that wait at a moment.
    pub fn waiting_at(&self, time: f64) -> usize {
        steps::at(&self.waiting, time)
    }
}

impl Hold {
    /// It is given back.
    pub(crate) fn end(&mut self, time: f64) {
        self.to = time;
        self.returned = true;
    }
}

/// What resources that are numbered together have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sort(std::mem::Discriminant<ResourceKind>, bool);

impl Sort {
    pub fn of(kind: ResourceKind) -> Self {
        let which = match kind {
            ResourceKind::Pool { processes, .. } => processes,
            ResourceKind::Link { outward } => outward,
            _ => false,
        };
        Sort(std::mem::discriminant(&kind), which)
    }
}
