//! Handing jobs to a pool.

use super::blocked_callers::Reason;
use super::pool::Pool;
use super::thread::Thread;
use super::thread_future::ThreadFuture;
use super::worker::{AnyResult, Body, Ended, Job};
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Result};
use crate::freeing::FreedWithRun;
use std::future::Future;
use std::panic::Location;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use trace::{Caller, EventKind, Op, Outcome, Wait};

impl Pool {
    /// Hands a job to the pool: `pool.submit(function)`. A new thread for it runs at once, to where it
    /// first blocks. Awaiting may block the caller for a moment, as in CPython when a worker submits a
    /// job from within the `submit` that started it.
    ///
    /// # Errors
    /// `RuntimeError` after [`Pool::shutdown`], or when the program is over but for its threads.
    #[track_caller]
    pub fn submit<T, F, B>(
        &self,
        body: F,
    ) -> impl Future<Output = Result<ThreadFuture<T>>> + use<T, F, B>
    where
        T: Clone + 'static,
        F: FnOnce(Thread) -> B + 'static,
        B: Future<Output = Result<T>> + 'static,
    {
        let at = Location::caller();
        let pool = self.clone();
        async move { pool.submit_at(body, at).await }
    }

    /// [`Pool::submit`] from the loop, where it does not suspend.
    pub(crate) fn submit_now<T, F, B>(&self, body: F, at: Caller) -> Result<ThreadFuture<T>>
    where
        T: Clone + 'static,
        F: FnOnce(Thread) -> B + 'static,
        B: Future<Output = Result<T>> + 'static,
    {
        let mut submitting = std::pin::pin!(self.submit_at(body, at));
        match submitting.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(submitted) => submitted,
            // Only a thread would be suspended, which has no business with `run_in_executor`.
            Poll::Pending => Err(Error::new("RuntimeError", "no running event loop")),
        }
    }

    async fn submit_at<T, F, B>(&self, body: F, at: Caller) -> Result<ThreadFuture<T>>
    where
        T: Clone + 'static,
        F: FnOnce(Thread) -> B + 'static,
        B: Future<Output = Result<T>> + 'static,
    {
        let locked = self.lock(at).await;
        let _all_locked = locked.and_all_pools(at).await;
        self.check_open()?;
        Ok(self.submit_locked(body))
    }

    fn check_open(&self) -> Result {
        let text = if self.is_shut_down() {
            "cannot schedule new futures after shutdown"
        } else if self.0.event_loop.threads().takes_no_jobs(self.is_of_processes()) {
            "cannot schedule new futures after interpreter shutdown"
        } else {
            return Ok(());
        };
        Err(Error::new("RuntimeError", text))
    }

    fn submit_locked<T, F, B>(&self, body: F) -> ThreadFuture<T>
    where
        T: Clone + 'static,
        F: FnOnce(Thread) -> B + 'static,
        B: Future<Output = Result<T>> + 'static,
    {
        let (event_loop, id) = (self.0.event_loop.clone(), self.0.id);
        let job = self.0.jobs.get();
        self.0.jobs.set(job + 1);
        let future: ThreadFuture<T> = ThreadFuture::new(event_loop.clone());
        let task = event_loop.current_id();
        event_loop.core.emit(|| EventKind::JobQueued { id, job, task });
        future.add_done_callback(move |future| {
            if future.cancelled() {
                let outcome = Outcome::Cancelled;
                event_loop.core.emit(|| EventKind::JobEnded { id, job, outcome });
            }
        });
        let completed = future.clone();
        let body: Body =
            Box::new(|thread| Box::pin(async { ended(body(thread).await, completed) }));
        let body = FreedWithRun::new(&self.0.event_loop.core, body);
        self.add(Job { number: job, future: Rc::new(future.clone()), body });
        future
    }

    /// Takes the lock of a pool of threads.
    pub(super) async fn lock(&self, at: Caller) -> Locked {
        let reason = Reason { cause: Wait::Resource { id: self.0.id, op: Op::Submit }, at };
        if !self.is_of_processes() {
            self.0.lock.acquire(&self.0.event_loop, reason).await;
        }
        Locked(self.clone())
    }
}

/// The lock of a pool of threads, taken: CPython's `submit` holds it also while a new worker runs to
/// where it first blocks.
pub(super) struct Locked(Pool);

impl Locked {
    /// Takes the lock of all pools of threads too.
    async fn and_all_pools(&self, at: Caller) -> LockedAll {
        let Locked(pool) = self;
        let event_loop = &pool.0.event_loop;
        let reason = Reason { cause: Wait::Resource { id: pool.0.id, op: Op::Submit }, at };
        if pool.is_of_processes() {
            return LockedAll(None);
        }
        event_loop.threads().all_pools.acquire(event_loop, reason).await;
        LockedAll(Some(event_loop.clone()))
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        if !self.0.is_of_processes() {
            self.0.0.lock.release();
        }
    }
}

struct LockedAll(Option<Rc<EventLoop>>);

impl Drop for LockedAll {
    fn drop(&mut self) {
        if let Some(event_loop) = &self.0 {
            event_loop.threads().all_pools.release();
        }
    }
}

fn ended<T: Clone + 'static>(result: Result<T>, future: ThreadFuture<T>) -> Ended {
    let outcome = match &result {
        Ok(_) => Outcome::Done,
        Err(error) => Outcome::failed(error.headline()),
    };
    Ended { outcome, complete: Box::new(move || future.finish(result)) }
}

impl<T: Clone + 'static> AnyResult for ThreadFuture<T> {
    fn claim(&self) -> bool {
        ThreadFuture::claim(self)
    }

    fn cancel(&self) {
        ThreadFuture::cancel(self);
    }
}
