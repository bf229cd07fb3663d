//! The end of the program, when its loop is closed.

use super::pool::Pool;
use super::thread::Thread;
use crate::base_events::EventLoop;
use std::rc::{Rc, Weak};

/// What CPython does at the end of the main thread: pools take no more jobs, and their workers are
/// waited for, those of processes first.
pub(crate) fn exit(event_loop: &Rc<EventLoop>) {
    Thread::start(event_loop.clone(), "MainThread", false, end_all);
}

async fn end_all(thread: Thread) {
    let threads = thread.0.event_loop.threads();
    threads.processes_over.set(true);
    let pools = threads.process_pools.take();
    let pools: Vec<_> = pools.iter().filter_map(Weak::upgrade).map(Pool).collect();
    for pool in &pools {
        pool.stop();
    }
    for pool in &pools {
        for worker in pool.workers() {
            join(&thread, worker).await;
        }
    }
    threads.threads_over.set(true);
    let workers = threads.workers.take();
    for pool in workers.iter().filter_map(|(pool, _)| pool.upgrade()) {
        Pool(pool).tell_to_stop();
    }
    for worker in workers.iter().filter_map(|(_, worker)| worker.upgrade()) {
        join(&thread, Thread(worker)).await;
    }
}

/// Joins a worker as the main thread does, which goes on after all else that is due.
async fn join(thread: &Thread, worker: Thread) {
    if worker.is_alive() {
        // It is no worker itself, so that this cannot fail.
        let _ = worker.join(None).await;
        thread.catch_up().await;
    }
}
