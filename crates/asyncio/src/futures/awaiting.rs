//! The one place where a task is suspended on a future.

use crate::base_events::EventLoop;
use crate::coroutines::{is_unheard, take_raised};
use crate::events::running_loop;
use crate::exceptions::{Error, Exception, Result, thrown_in};
use crate::few::Few;
use crate::futures::{Callback, CallbackId, Future, FutureInner, Node};
use crate::tasks::{TaskNode, TaskState};
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
    line: Line,
}

/// What an await knows of those who wait in it.
#[derive(Default)]
struct Line {
    /// The wake-ups of those who poll it: several when tasks share the steps of a coroutine.
    registered: Few<Poller>,
    /// What the next iteration tells the task that was found to await itself.
    on_itself: Option<Box<(Poller, Error)>>,
    suspended: bool,
}

/// Who polls, and its callback: a task in its step, or a combinator of futures, whose wakers lead to a task.
enum Poller {
    Task(CallbackId, TaskId),
    Other(Box<(CallbackId, Waker)>),
}

impl Poller {
    /// Whether it is the one that polls with this waker, in a step of the task if in one itself.
    #[inline]
    fn is(&self, task: Option<TaskId>, waker: &Waker) -> bool {
        match self {
            Poller::Task(_, own) => task == Some(*own),
            Poller::Other(own) => task.is_none() && own.1.will_wake(waker),
        }
    }

    fn of(id: CallbackId, task: Option<TaskId>, waker: &Waker) -> Self {
        match task {
            Some(task) => Poller::Task(id, task),
            None => Poller::Other(Box::new((id, waker.clone()))),
        }
    }

    fn callback(&self) -> CallbackId {
        match self {
            Poller::Task(id, _) => *id,
            Poller::Other(other) => other.0,
        }
    }
}

impl<T: Clone + 'static> Await<T> {
    pub(crate) fn new(future: Future<T>, cause: Wait, at: Caller) -> Self {
        Await { future, cause, at, line: Line::default() }
    }

    /// What is awaited.
    pub(crate) fn future(&self) -> &dyn Node<T> {
        &*self.future.0
    }
}

impl<T: 'static> Unpin for Await<T> {}

impl<T: Clone + 'static> std::future::Future for Await<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let polled = self.wait(cx);
        self.line.suspended = polled.is_pending();
        if polled.is_ready() && !self.line.registered.is_empty() {
            // Another task that waits in it is woken all the same, and finds the coroutine ended.
            self.line.registered = Few::default();
        }
        polled
    }
}

impl<T: Clone + 'static> Await<T> {
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<Result<T>> {
        let Await { future, cause, at, line } = self;
        let inner = future.0.inner();
        let event_loop = &inner.event_loop;
        let (me, waker) = (event_loop.core.stepped_by(cx.waker()), cx.waker());
        let current = event_loop.current.borrow();
        let task = current.as_deref().map(TaskNode::task_state);
        // Who comes here for the first time has nothing to be told but the future's end.
        if (line.suspended || !line.registered.is_empty() || line.on_itself.is_some())
            && let Some(raised) = line.raised(inner, task, me, waker)
        {
            return Poll::Ready(Err(thrown_in(raised)));
        }
        if !inner.is_pending()
            && let Some(result) = inner.outcome()
        {
            return Poll::Ready(result.map_err(|error| line.raise(inner, error)));
        }
        if inner.spoilt.get() && line.registered.is_empty() {
            return Poll::Ready(Err(Error::new("RuntimeError", "await wasn't used with future")));
        }
        if me.is_none() && is_unheard(cx) {
            // `_asyncio_future_blocking` stays set here too.
            inner.spoilt.set(true);
            return Poll::Pending;
        }
        if inner.is_task()
            && let Some(task) = task.filter(|task| task.is_future(future))
        {
            inner.spoilt.set(true);
            task.yields_itself();
            event_loop.wake_again(cx);
            let text = format!("Task cannot await on itself: {}", task.repr());
            let error = Exception::new("RuntimeError", text).into();
            line.on_itself = Some(Box::new((Poller::of(CallbackId::NONE, me, waker), error)));
            return Poll::Pending;
        }
        if task.is_none()
            && let Some(error) = refused_elsewhere(event_loop, future, (cause, at), cx)
        {
            inner.spoilt.set(true);
            line.on_itself = Some(Box::new((Poller::of(CallbackId::NONE, me, waker), error)));
            return Poll::Pending;
        }
        if !line.is_registered(me, waker) {
            let id = inner.add_callback(match me {
                Some(task) => Callback::Task(task),
                None => Callback::Wake(waker.clone()),
            });
            line.registered.push(Poller::of(id, me, waker));
        }
        match task {
            Some(task) => {
                task.slot.waits_for(cause.clone(), Some(at));
                task.waits_on(future.any());
            }
            None => event_loop.core.waits_for(cause.clone(), Some(at)),
        }
        Poll::Pending
    }
}

/// What a task of another loop than the future's hears in the next iteration.
#[cold]
fn refused_elsewhere<T: Clone + 'static>(
    event_loop: &EventLoop,
    future: &Future<T>,
    (cause, at): (&Wait, Caller),
    cx: &Context<'_>,
) -> Option<Error> {
    let running = running_loop().filter(|running| !std::ptr::eq(&**running, event_loop))?;
    let task = running.current()?;
    task.yields_itself();
    task.slot.waits_for(cause.clone(), Some(at));
    running.wake_again(cx);
    let other = match future.task() {
        Some(other) => other.repr(),
        None => format!("<{} pending>", future.class()),
    };
    let text = format!("Task {} got Future {other} attached to a different loop", task.repr());
    Some(Exception::new("RuntimeError", text).into())
}

impl Line {
    /// What is raised there whatever becomes of the future.
    fn raised<T: Clone>(
        &mut self,
        future: &FutureInner<T>,
        task: Option<&TaskState>,
        me: Option<TaskId>,
        waker: &Waker,
    ) -> Option<Error> {
        if self.suspended {
            let raised = take_raised();
            if raised.is_some() {
                return raised;
            }
            if let Some(task) = task
                && task.went_on()
                && !self.is_registered(me, waker)
                && let Some(thrown) = task.thrown(&future.event_loop)
            {
                return Some(thrown);
            }
        }
        if !self.registered.is_empty()
            && let Some(cancelled) = task.and_then(TaskState::take_cancellation)
        {
            // One that came through the future was there first.
            let own = future.outcome().and_then(Result::err).filter(Error::is_cancelled);
            let own = own.map(Error::raised);
            // Other tasks that share the coroutine are woken all the same.
            self.keep_only(me, waker);
            return Some(own.unwrap_or(cancelled));
        }
        let told = self.on_itself.take_if(|told| told.0.is(me, waker))?.1;
        // A cancellation takes its place, as in `__step`; that of the future's own loop has been looked for.
        let elsewhere = if task.is_none() { running_loop()?.current() } else { None };
        Some(elsewhere.and_then(|task| task.take_cancellation()).unwrap_or(told))
    }

    /// Raises what the future ended with: it does that itself, unless the task has woken up and found an
    /// exception there.
    fn raise<T>(&self, future: &FutureInner<T>, error: Error) -> Error {
        let found = self.suspended && !future.is_cancelled() && future.gathering().is_none();
        let error = if found { error } else { error.raised() };
        if self.suspended { thrown_in(error) } else { error }
    }

    /// Whether the future will wake the task that polls.
    fn is_registered(&self, task: Option<TaskId>, waker: &Waker) -> bool {
        self.registered.iter().any(|poller| poller.is(task, waker))
    }

    /// Forgets the wake-ups of others.
    fn keep_only(&mut self, task: Option<TaskId>, waker: &Waker) {
        std::mem::take(&mut self.registered).drain(|own| {
            if own.is(task, waker) {
                self.registered.push(own);
            }
        });
    }
}

impl<T: 'static> Drop for Await<T> {
    fn drop(&mut self) {
        if !self.line.registered.is_empty() {
            std::mem::take(&mut self.line.registered).drain(|poller| {
                self.future.0.remove_callback(poller.callback());
            });
        }
    }
}
