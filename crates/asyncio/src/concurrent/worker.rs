//! A worker of a pool, and its jobs.

use super::blocked_callers::Suspend;
use super::pool::Pool;
use super::thread::Thread;
use crate::freeing::FreedWithRun;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use trace::{EventKind, Outcome};

/// What is in a pool's queue.
pub(super) enum Item {
    Job(Job),
    /// Workers that take this end.
    Stop,
}

/// A job, whose type of result does not matter.
pub(super) struct Job {
    pub(super) number: u32,
    pub(super) future: Rc<dyn AnyResult>,
    pub(super) body: FreedWithRun<Body>,
}

/// Runs the job, and says how it ended and what completes its future.
pub(super) type Body = Box<dyn FnOnce(Thread) -> Pin<Box<dyn Future<Output = Ended>>>>;

pub(super) struct Ended {
    pub(super) outcome: Outcome,
    pub(super) complete: Box<dyn FnOnce()>,
}

/// The future of a job.
pub(super) trait AnyResult {
    fn claim(&self) -> bool;
    fn cancel(&self);
}

impl Job {
    pub(super) fn claim(&self) -> bool {
        self.future.claim()
    }
}

impl Item {
    pub(super) fn claim(&self) -> bool {
        match self {
            Item::Job(job) => job.claim(),
            Item::Stop => true,
        }
    }

    pub(super) fn cancel(&self) {
        if let Item::Job(job) = self {
            job.future.cancel();
        }
    }
}

/// One worker.
pub(super) struct Worker {
    thread: Thread,
    /// What it was handed while it was idle.
    handed: RefCell<Option<Item>>,
}

impl Worker {
    /// What a worker does, from its start to its end.
    pub(super) async fn work(pool: Pool, thread: Thread) {
        let (id, event_loop) = (pool.0.id, pool.0.event_loop.clone());
        let number = pool.workers_started();
        let worker = Rc::new(Worker { thread: thread.clone(), handed: RefCell::default() });
        let mut start = pool.0.costs.is_some();
        loop {
            let item = match pool.take() {
                Some(item) => item,
                None => worker.wait(&pool).await,
            };
            let Item::Job(job) = item else { break };
            if !pool.claim(&job) {
                continue;
            }
            event_loop.core.emit(|| EventKind::JobBegan { id, job: job.number, worker: number });
            if let Some(costs) = &pool.0.costs {
                let (starting, call) = costs.get();
                let delay = if start { starting + call } else { call };
                // A bad cost is none.
                let _ = thread.sleep(delay).await;
                start = false;
            }
            // It is gone only at the end of the run.
            let Some(body) = job.body.take() else { break };
            let Ended { outcome, complete } = body(thread.clone()).await;
            event_loop.core.emit(|| EventKind::JobEnded { id, job: job.number, outcome });
            complete();
        }
        pool.stopped();
    }

    /// Waits for something to do.
    async fn wait(self: &Rc<Self>, pool: &Pool) -> Item {
        let threads = pool.0.event_loop.threads();
        pool.idles(self.clone());
        threads.count_busy(-1);
        Suspend::default().await;
        self.handed.take().unwrap_or(Item::Stop)
    }

    /// Gives an idle worker something to do.
    pub(super) fn hand(&self, item: Item) {
        let event_loop = &self.thread.0.event_loop;
        event_loop.threads().count_busy(1);
        *self.handed.borrow_mut() = Some(item);
        self.thread.resume_soon();
    }
}
