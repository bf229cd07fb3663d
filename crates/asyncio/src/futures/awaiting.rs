//! The one place where a task is suspended on a future.

use crate::base_events::EventLoop;
use crate::coroutines::is_unheard;
use crate::exceptions::{Error, Exception, Result, thrown_in};
use crate::few::Few;
use crate::futures::{Callback, CallbackId, Future};
use crate::tasks::TaskNode;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use trace::{Caller, TaskId, Wait};

/// Awaiting an [`asyncio::Future`](Future): what `await future` does in CPython
/// (`Future.__await__` together with `Task.__step`).
///
/// A future that is done does not suspend. Otherwise the task's wake-up is the future's next
/// callback; on resumption a cancellation requested meanwhile comes first, then the future's result.
pub struct Await<T: 'static> {
    future: Future<T>,
    cause: Wait,
    at: Caller,
    /// The wake-ups of those who poll it: several when tasks share the steps of a coroutine.
    registered: Few<(CallbackId, Poller)>,
    /// What the next iteration tells the task that was found to await itself.
    on_itself: Option<Box<(Poller, Error)>>,
    suspended: bool,
}

/// Who polls: a task in its step, or a combinator of futures, whose wakers lead to a task.
enum Poller {
    Task(TaskId),
    Other(Waker),
}

impl Poller {
    /// Whether it is the one that polls with this waker, in a step of the task if in one itself.
    fn is(&self, task: Option<TaskId>, waker: &Waker) -> bool {
        match self {
            Poller::Task(own) => task == Some(*own),
            Poller::Other(own) => task.is_none() && own.will_wake(waker),
        }
    }

    fn of(task: Option<TaskId>, waker: &Waker) -> Self {
        task.map_or_else(|| Poller::Other(waker.clone()), Poller::Task)
    }
}

impl<T: Clone + 'static> Await<T> {
    pub(crate) fn new(future: Future<T>, cause: Wait, at: Caller) -> Self {
        Await { future, cause, at, registered: Few::default(), on_itself: None, suspended: false }
    }
}

impl<T: 'static> Unpin for Await<T> {}

impl<T: Clone + 'static> std::future::Future for Await<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let polled = self.wait(cx);
        self.suspended = polled.is_pending();
        if polled.is_ready() {
            // Another task that waits in it is woken all the same, and finds the coroutine ended.
            self.registered = Few::default();
        }
        polled
    }
}

impl<T: Clone + 'static> Await<T> {
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let event_loop = self.future.0.event_loop.clone();
        let (me, waker) = (event_loop.core.stepped_by(cx.waker()), cx.waker());
        let task = event_loop.current();
        if let Some(raised) = self.raised(&event_loop, task.as_deref(), me, waker) {
            return Poll::Ready(Err(thrown_in(raised)));
        }
        if let Some(result) = self.future.outcome() {
            return Poll::Ready(result.map_err(|error| self.raise(error)));
        }
        let inner = self.future.0.inner();
        if self.registered.is_empty() && inner.spoilt.get() {
            return Poll::Ready(Err(Error::new("RuntimeError", "await wasn't used with future")));
        }
        if me.is_none() && is_unheard(cx) {
            // `_asyncio_future_blocking` stays set here too.
            inner.spoilt.set(true);
            return Poll::Pending;
        }
        if let Some(task) = task.as_ref().filter(|task| task.is_future(&self.future)) {
            inner.spoilt.set(true);
            task.yields();
            event_loop.wake_again(cx);
            let text = format!("Task cannot await on itself: {}", task.repr());
            let error = Exception::new("RuntimeError", text).into();
            self.on_itself = Some(Box::new((Poller::of(me, waker), error)));
            return Poll::Pending;
        }
        if !self.is_registered(me, waker) {
            let poller = Poller::of(me, waker);
            let id = inner.add_callback(match &poller {
                Poller::Task(task) => Callback::Task(*task),
                Poller::Other(waker) => Callback::Wake(waker.clone()),
            });
            self.registered.push((id, poller));
        }
        match task {
            Some(task) => {
                task.slot.waits_for(self.cause.clone(), Some(self.at));
                task.waits_on(self.future.any());
            }
            None => event_loop.core.waits_for(self.cause.clone(), Some(self.at)),
        }
        Poll::Pending
    }

    /// What is raised here whatever becomes of the future.
    fn raised(
        &mut self,
        event_loop: &EventLoop,
        task: Option<&dyn TaskNode>,
        me: Option<TaskId>,
        waker: &Waker,
    ) -> Option<Error> {
        if self.suspended {
            let raised = event_loop.program.take_raised();
            if raised.is_some() {
                return raised;
            }
            if let Some(task) = task
                && task.went_on()
                && !self.is_registered(me, waker)
                && let Some(thrown) = task.thrown()
            {
                return Some(thrown);
            }
        }
        if !self.registered.is_empty()
            && let Some(cancelled) = task.and_then(|task| task.take_cancellation())
        {
            // One that came through the future was there first.
            let own = self.future.outcome().and_then(Result::err).filter(Error::is_cancelled);
            let own = own.map(Error::raised);
            // Other tasks that share the coroutine are woken all the same.
            self.keep_only(me, waker);
            return Some(own.unwrap_or(cancelled));
        }
        self.on_itself.take_if(|told| told.0.is(me, waker)).map(|told| told.1)
    }

    /// Raises what the future ended with: it does that itself, unless the task has woken up and found an
    /// exception there.
    fn raise(&self, error: Error) -> Error {
        let found = self.suspended && !self.future.cancelled() && !self.future.0.is_gathering();
        let error = if found { error } else { error.raised() };
        if self.suspended { thrown_in(error) } else { error }
    }

    /// Whether the future will wake the task that polls.
    fn is_registered(&self, task: Option<TaskId>, waker: &Waker) -> bool {
        self.registered.iter().any(|(_, poller)| poller.is(task, waker))
    }

    /// Forgets the wake-ups of others.
    fn keep_only(&mut self, task: Option<TaskId>, waker: &Waker) {
        std::mem::take(&mut self.registered).drain(|own| {
            if own.1.is(task, waker) {
                self.registered.push(own);
            }
        });
    }
}

impl<T: 'static> Drop for Await<T> {
    fn drop(&mut self) {
        std::mem::take(&mut self.registered).drain(|(id, _)| {
            self.future.0.remove_callback(id);
        });
    }
}
