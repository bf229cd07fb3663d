//! Pools of threads and of processes.

use super::blocked_callers::{Lock, Reason};
use super::queue::Queue;
use super::state::Names;
use super::thread::Thread;
use crate::base_events::EventLoop;
use crate::coroutines::{Named, Short};
use crate::exceptions::{Error, Result};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::panic::Location;
use std::rc::Rc;
use trace::{Op, ResourceId, ResourceKind, Wait};

/// Workers that take jobs from a queue, first come, first served; clones are the same pool.
/// [`Pool::threads`] is `concurrent.futures.ThreadPoolExecutor`, [`Pool::processes`]
/// `ProcessPoolExecutor`, as in CPython 3.13. Workers start when there are jobs for them; of idle ones
/// the one gets a job that has been idle longest.
///
/// ```
/// use asyncio::{self, Pool, gather, run_in_executor};
/// let time = asyncio::run(async {
///     let pool = Pool::threads(2)?;
///     let mut futures = Vec::new();
///     for _ in 0..3 {
///         futures.push(run_in_executor(&pool, |thread| async move { thread.sleep(1.0).await })?);
///     }
///     gather(futures).await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 2.0); // two at a time
/// ```
#[derive(Clone)]
pub struct Pool(pub(super) Rc<PoolState>);

pub(super) struct PoolState {
    pub(super) event_loop: Rc<EventLoop>,
    pub(super) id: ResourceId,
    pub(super) max_workers: usize,
    /// What the names of its workers begin with.
    pub(super) prefix: String,
    /// Of a pool of processes: the seconds that a worker takes to start, and that a call takes.
    pub(super) costs: Option<Cell<(f64, f64)>>,
    pub(super) queue: Queue,
    pub(super) workers: RefCell<Vec<Thread>>,
    pub(super) lock: Lock,
    pub(super) jobs: Cell<u32>,
}

/// Workers of a pool of which nobody says how many: those of a machine with 4 processors.
const DEFAULT_THREADS: usize = 8;
/// Seconds that a process takes to start.
const START: f64 = 0.05;
/// Seconds that a call takes to reach a process.
const CALL: f64 = 0.001;

impl Pool {
    /// Its number in the trace.
    pub(crate) fn id(&self) -> ResourceId {
        self.0.id
    }

    /// A pool of so many threads.
    ///
    /// # Errors
    /// `ValueError` for none.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn threads(workers: usize) -> Result<Self> {
        let event_loop = EventLoop::running();
        let names = Names::of(&event_loop.program);
        let number = names.pools.get();
        let pool = Pool::new(event_loop, workers, format!("ThreadPoolExecutor-{number}_"), None)?;
        names.pools.set(number + 1);
        Ok(pool)
    }

    /// A pool of so many processes. CPU work in them does not hold the loop, but a worker takes 0.05
    /// seconds to start, before its first job, and each call 0.001 seconds to reach its worker. A job
    /// that has been put on its way to the workers, one more than there are workers, can no longer be
    /// cancelled. Unlike real processes they could share values; a program that does so is wrong.
    ///
    /// # Errors
    /// `ValueError` for none.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn processes(workers: usize) -> Result<Self> {
        let costs = Some(Cell::new((START, CALL)));
        Pool::new(EventLoop::running(), workers, "ForkProcess-".into(), costs)
    }

    pub(super) fn is_of_processes(&self) -> bool {
        self.0.costs.is_some()
    }

    /// The pool that `None` stands for.
    pub(super) fn default_threads(event_loop: Rc<EventLoop>) -> Result<Self> {
        Pool::new(event_loop, DEFAULT_THREADS, "asyncio_".into(), None)
    }

    fn new(
        event_loop: Rc<EventLoop>,
        workers: usize,
        prefix: String,
        costs: Option<Cell<(f64, f64)>>,
    ) -> Result<Self> {
        if workers == 0 {
            return Err(Error::new("ValueError", "max_workers must be greater than 0"));
        }
        let id =
            event_loop.new_resource(ResourceKind::Pool { workers, processes: costs.is_some() });
        let pool = Pool(Rc::new(PoolState {
            event_loop,
            id,
            max_workers: workers,
            prefix,
            costs,
            queue: Queue::default(),
            workers: RefCell::default(),
            lock: Lock::default(),
            jobs: Cell::new(0),
        }));
        if pool.is_of_processes() {
            let threads = pool.0.event_loop.threads();
            let pools = &threads.process_pools;
            pools.borrow_mut().push(Rc::downgrade(&pool.0));
        }
        Ok(pool)
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        self.0.event_loop.name_resource(self.0.id, name);
        self
    }

    /// Other costs, in seconds, for a pool of processes: of starting a worker, and of each call.
    pub fn with_costs(self, start: f64, call: f64) -> Self {
        if let Some(costs) = &self.0.costs {
            costs.set((start, call));
        }
        self
    }

    /// Takes no more jobs, and lets the workers end once the queue is empty. With `wait` it blocks
    /// whoever calls it, a thread or the loop, until they have ended: this is the end of Python's
    /// `with pool:`. With `cancel_futures` it first cancels the jobs that wait in the queue.
    ///
    /// # Errors
    /// `RuntimeError` from a worker of the pool itself.
    #[track_caller]
    pub fn shutdown(
        &self,
        wait: bool,
        cancel_futures: bool,
    ) -> impl Future<Output = Result> + use<> {
        let at = Location::caller();
        let pool = self.clone();
        async move {
            let locked = pool.lock(at).await;
            if cancel_futures {
                pool.cancel_queued();
            }
            pool.stop();
            drop(locked);
            if wait {
                for worker in pool.workers() {
                    let cause = Wait::Resource { id: pool.0.id, op: Op::Shutdown };
                    worker.join_as(None, Reason { cause, at }).await?;
                }
            }
            Ok(())
        }
    }
}

/// Whether the two are the same pool.
impl Short for Pool {
    fn short(&self, deep: bool) -> String {
        let processes = self.0.costs.is_some();
        Named(if processes { "ProcessPoolExecutor" } else { "ThreadPoolExecutor" }).short(deep)
    }
}

impl PartialEq for Pool {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
