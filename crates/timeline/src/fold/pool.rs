//! Who works in a pool, for whom.

use crate::{ResourceLane, steps};
use std::collections::HashMap;
use trace::TaskId;

/// The jobs of a pool that wait, and its workers.
#[derive(Clone, Debug, Default)]
pub(super) struct Pool {
    /// Who handed over the jobs that wait, by job.
    jobs: HashMap<u32, Option<TaskId>>,
    /// Who does the jobs that were begun.
    doing: HashMap<u32, usize>,
    /// The workers that have had a job, numbered as they came.
    workers: HashMap<usize, Worker>,
}

#[derive(Clone, Debug)]
struct Worker {
    number: usize,
    /// What it does, by index into the lane's holds, if it does something.
    hold: Option<usize>,
}

impl Pool {
    /// A job is handed over.
    pub fn queue(&mut self, lane: &mut ResourceLane, job: u32, task: Option<TaskId>, time: f64) {
        self.jobs.insert(job, task);
        steps::change(&mut lane.depth, time, |jobs| jobs.saturating_add(1));
    }

    /// A worker begins a job.
    pub fn begin(&mut self, lane: &mut ResourceLane, job: u32, worker: usize, time: f64) {
        self.leave(lane, worker, time);
        let holder = self.jobs.remove(&job).flatten();
        self.doing.insert(job, worker);
        let next = Worker { number: self.workers.len(), hold: None };
        let worker = self.workers.entry(worker).or_insert(next);
        worker.hold = Some(lane.holds.len());
        lane.hold(worker.number, holder, time);
        steps::change(&mut lane.depth, time, |jobs| jobs.saturating_sub(1));
        steps::change(&mut lane.free, time, |free| free.saturating_sub(1));
    }

    /// A job ends, or is cancelled before a worker has begun it.
    pub fn end(&mut self, lane: &mut ResourceLane, job: u32, time: f64) {
        if let Some(worker) = self.doing.remove(&job) {
            self.leave(lane, worker, time);
        } else {
            self.jobs.remove(&job);
            steps::change(&mut lane.depth, time, |jobs| jobs.saturating_sub(1));
        }
    }

    /// A worker has nothing to do any more.
    fn leave(&mut self, lane: &mut ResourceLane, worker: usize, time: f64) {
        if let Some(hold) = self.workers.get_mut(&worker).and_then(|worker| worker.hold.take()) {
            lane.holds[hold].end(time);
            steps::change(&mut lane.free, time, |free| free.saturating_add(1));
        }
    }

    /// Lets the holds that last reach to `end`.
    pub fn show(&self, lane: &mut ResourceLane, end: f64) {
        for hold in self.workers.values().filter_map(|worker| worker.hold) {
            lane.holds[hold].to = end;
        }
    }
}
