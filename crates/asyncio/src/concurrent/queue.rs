//! How jobs reach the workers of a pool.

use super::pool::Pool;
use super::thread::Thread;
use super::worker::{Item, Job, Worker};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// Jobs that no worker has taken, and workers that have no job.
#[derive(Default)]
pub(super) struct Queue {
    /// Of a pool of processes: jobs that are not on their way to the workers.
    pending: RefCell<VecDeque<Item>>,
    calls: RefCell<VecDeque<Item>>,
    /// In the order in which they became idle.
    idle: RefCell<VecDeque<Rc<Worker>>>,
    /// Whether jobs will be put on their way presently.
    sending: Cell<bool>,
    shut_down: Cell<bool>,
}

impl Pool {
    pub(super) fn is_shut_down(&self) -> bool {
        self.0.queue.shut_down.get()
    }

    /// The workers that were started, in that order.
    pub(super) fn workers(&self) -> Vec<Thread> {
        self.0.workers.borrow().clone()
    }

    pub(super) fn workers_started(&self) -> usize {
        self.0.workers.borrow().len()
    }

    /// Puts a job into the queue, and starts a worker unless all are started or one is idle for it.
    pub(super) fn add(&self, job: Job) {
        let queue = &self.0.queue;
        let mut idle = queue.idle.borrow().len();
        self.enqueue(Item::Job(job));
        if self.is_of_processes() {
            // Those that are idle are so only until what is queued is sent.
            let before = queue.pending.borrow().len().saturating_sub(1);
            idle = queue.idle.borrow().len().saturating_sub(before);
        }
        if idle == 0 && self.workers_started() < self.0.max_workers {
            self.start_worker();
        }
    }

    fn start_worker(&self) {
        let started = self.workers_started();
        let processes = self.is_of_processes();
        let number = if processes { started + 1 } else { started };
        let name = format!("{}{number}", self.0.prefix);
        let event_loop = self.0.event_loop.clone();
        let worker =
            Thread::start(event_loop, &name, processes, |own| Worker::work(self.clone(), own));
        if !processes {
            let known = (Rc::downgrade(&self.0), Rc::downgrade(&worker.0));
            self.0.event_loop.threads().workers.borrow_mut().push(known);
        }
        self.0.workers.borrow_mut().push(worker);
    }

    /// Takes no more jobs, and lets the workers end once the queue is empty.
    pub(super) fn stop(&self) {
        self.0.queue.shut_down.set(true);
        self.enqueue(Item::Stop);
    }

    /// Lets an idle worker end, or else the first to take this from the queue.
    pub(super) fn tell_to_stop(&self) {
        self.put(Item::Stop);
    }

    /// A worker ends, and so are the others to.
    pub(super) fn stopped(&self) {
        self.0.queue.shut_down.set(true);
        self.put(Item::Stop);
    }

    /// Cancels the jobs in the queue.
    pub(super) fn cancel_queued(&self) {
        let Queue { pending, calls, .. } = &self.0.queue;
        let queued = if self.is_of_processes() { pending } else { calls };
        let left = queued.take();
        left.iter().for_each(Item::cancel);
    }

    fn enqueue(&self, item: Item) {
        if !self.is_of_processes() {
            return self.put(item);
        }
        let queue = &self.0.queue;
        queue.pending.borrow_mut().push_back(item);
        if self.workers_started() == 0 {
            self.send();
        } else if !queue.sending.replace(true) {
            let (pool, core) = (self.clone(), &self.0.event_loop.core);
            core.call_external_at(core.time(), move || pool.send());
        }
    }

    /// Of processes: puts jobs on their way, one more than there are workers.
    fn send(&self) {
        let Queue { pending, calls, sending, .. } = &self.0.queue;
        sending.set(false);
        while calls.borrow().len() <= self.0.max_workers {
            let next = pending.borrow_mut().pop_front();
            let Some(item) = next else { break };
            if item.claim() {
                self.put(item);
            }
        }
    }

    /// Hands an item to the worker that has been idle longest, or leaves it to whoever is free first.
    fn put(&self, item: Item) {
        let idle = self.0.queue.idle.borrow_mut().pop_front();
        match idle {
            Some(worker) => worker.hand(item),
            None => self.0.queue.calls.borrow_mut().push_back(item),
        }
    }

    /// The next item of the queue.
    pub(super) fn take(&self) -> Option<Item> {
        self.0.queue.calls.borrow_mut().pop_front()
    }

    /// A worker has nothing to do.
    pub(super) fn idles(&self, worker: Rc<Worker>) {
        self.0.queue.idle.borrow_mut().push_back(worker);
    }

    /// What a worker does with a job before all else: whether it may begin.
    pub(super) fn claim(&self, job: &Job) -> bool {
        if self.is_of_processes() {
            self.send();
            return true;
        }
        job.claim()
    }
}
