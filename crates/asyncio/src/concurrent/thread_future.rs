//! `concurrent.futures.Future`.

use super::blocked_callers::{BlockedCallers, Reason};
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Result};
use executor::Handle;
use std::cell::{OnceCell, RefCell};
use std::future::Future;
use std::panic::Location;
use std::rc::Rc;
use trace::Wait;

/// A result that threads can wait for; clones are the same future. It blocks whoever asks for its
/// result: a thread, or the loop and all its tasks ([`wrap_future`](super::wrap_future) makes a future
/// that a task can await instead). Follows `Future` of CPython 3.13
/// (`Lib/concurrent/futures/_base.py`).
///
/// ```
/// use asyncio::{self, run_coroutine_threadsafe, sleep, to_thread};
/// let late = asyncio::run(async {
///     to_thread(|_| async move {
///         let future = run_coroutine_threadsafe(async { sleep(5.0).await })?;
///         let late = future.result(Some(1.0)).await.unwrap_err();
///         future.cancel();
///         Ok(late)
///     })
///     .await
/// });
/// assert!(late.unwrap().is("TimeoutError"));
/// ```
pub struct ThreadFuture<T>(Rc<ThreadFutureState<T>>);

struct ThreadFutureState<T> {
    event_loop: Rc<EventLoop>,
    state: RefCell<State<T>>,
    waiters: BlockedCallers,
    /// Handles, so that the executor frees them with the run.
    callbacks: RefCell<Vec<Handle>>,
    /// The task whose result it is going to have: CPython keeps callbacks, and what they hold.
    kept: OnceCell<crate::Future<T>>,
}

enum State<T> {
    Pending,
    Running,
    Cancelled,
    Finished(Result<T>),
}

impl<T: Clone + 'static> ThreadFuture<T> {
    pub(super) fn new(event_loop: Rc<EventLoop>) -> Self {
        ThreadFuture(Rc::new(ThreadFutureState {
            event_loop,
            state: RefCell::new(State::Pending),
            waiters: BlockedCallers::default(),
            callbacks: RefCell::default(),
            kept: OnceCell::new(),
        }))
    }

    /// Blocks whoever calls it, a thread or the loop, for the result, at most `timeout` seconds.
    ///
    /// # Errors
    /// What it ended with; `CancelledError`, which unlike asyncio's is an ordinary exception; or
    /// `TimeoutError`.
    #[track_caller]
    pub fn result(&self, timeout: Option<f64>) -> impl Future<Output = Result<T>> + use<T> {
        let at = Location::caller();
        let future = self.clone();
        async move {
            let ThreadFutureState { event_loop, waiters, .. } = &*future.0;
            if !future.done() && timeout.is_none_or(|timeout| timeout > 0.0) {
                let deadline = timeout.map(|timeout| event_loop.core.time() + timeout);
                waiters.wait(event_loop, deadline, Reason { cause: Wait::Future, at }).await;
            }
            match &*future.0.state.borrow() {
                State::Finished(result) => result.clone(),
                State::Cancelled => Err(Error::new("CancelledError", "")),
                State::Pending | State::Running => Err(Error::new("TimeoutError", "")),
            }
        }
    }

    /// Cancels it, unless it is running or done. Returns whether it is cancelled.
    pub fn cancel(&self) -> bool {
        match *self.0.state.borrow() {
            State::Running | State::Finished(_) => return false,
            State::Cancelled => return true,
            State::Pending => {}
        }
        self.end(State::Cancelled);
        true
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        matches!(*self.0.state.borrow(), State::Cancelled)
    }

    /// Whether it is being worked on, and so can no longer be cancelled.
    pub fn running(&self) -> bool {
        matches!(*self.0.state.borrow(), State::Running)
    }

    /// Whether it has a result, an exception, or was cancelled.
    pub fn done(&self) -> bool {
        matches!(*self.0.state.borrow(), State::Cancelled | State::Finished(_))
    }

    /// Calls `callback` with the future once it is done, in the thread that completes it; at once when
    /// it is done already.
    pub fn add_done_callback(&self, callback: impl FnOnce(&ThreadFuture<T>) + 'static) {
        if self.done() {
            callback(self);
        } else {
            let future = self.clone();
            let handle = self.0.event_loop.core.handle(move || callback(&future));
            self.0.callbacks.borrow_mut().push(handle);
        }
    }

    /// Keeps a task alive as long as this.
    pub(super) fn keep(&self, task: crate::Future<T>) {
        self.0.kept.get_or_init(|| task);
    }

    /// `set_running_or_notify_cancel`: whether the work may begin.
    pub(super) fn claim(&self) -> bool {
        if self.cancelled() {
            return false;
        }
        *self.0.state.borrow_mut() = State::Running;
        true
    }

    /// Completes it, when it has been claimed.
    pub(super) fn finish(&self, result: Result<T>) {
        self.end(State::Finished(result));
    }

    /// The result of a future that is done: none when it was cancelled.
    pub(super) fn outcome(&self) -> Option<Result<T>> {
        match &*self.0.state.borrow() {
            State::Finished(result) => Some(result.clone()),
            _ => None,
        }
    }

    pub(super) fn event_loop(&self) -> &Rc<EventLoop> {
        &self.0.event_loop
    }

    fn end(&self, state: State<T>) {
        *self.0.state.borrow_mut() = state;
        self.0.waiters.wake_all();
        let callbacks = std::mem::take(&mut *self.0.callbacks.borrow_mut());
        for callback in callbacks {
            callback.run();
        }
    }
}

impl<T> Clone for ThreadFuture<T> {
    fn clone(&self) -> Self {
        ThreadFuture(self.0.clone())
    }
}

/// Whether the two are the same future.
impl<T> PartialEq for ThreadFuture<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
