//! A task as a whole, and its steps.

use super::state::{TaskNode, TaskState};
use crate::base_events::EventLoop;
use crate::coroutines::{Coro, Steps, throw_exit};
use crate::exceptions::Error;
use crate::freeing::Collectable;
use crate::futures::{AnyFuture, Cancellation, FutureInner, Kind, Role};
use executor::{Body, Slot};
use std::any::Any;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};
use trace::{EventKind, Name, Outcome};

/// A task: its future, what it has besides, and its coroutine; one allocation.
pub(crate) struct TaskInner<T: Clone + 'static> {
    future: FutureInner<T>,
    state: TaskState,
    /// Taken when it has ended.
    coroutine: RefCell<Option<Steps<T>>>,
}

impl<T: Clone + 'static> TaskInner<T> {
    /// One that the executor does not know yet.
    pub(super) fn new(event_loop: Rc<EventLoop>, state: TaskState, coroutine: Coro<T>) -> Rc<Self> {
        let future = FutureInner::new(event_loop, Role::Task);
        Rc::new(TaskInner { future, state, coroutine: RefCell::new(Some(coroutine.into())) })
    }
}

impl<T: Clone + 'static> Kind for TaskInner<T> {
    type Value = T;

    fn inner(&self) -> &FutureInner<T> {
        &self.future
    }

    fn task(&self) -> Option<&TaskState> {
        Some(&self.state)
    }

    fn as_task(self: Rc<Self>) -> Option<Rc<dyn TaskNode>> {
        Some(self)
    }
}

impl<T: Clone + 'static> TaskNode for TaskInner<T> {
    fn task_state(&self) -> &TaskState {
        &self.state
    }

    fn event_loop(&self) -> &Rc<EventLoop> {
        &self.future.event_loop
    }

    fn close_coroutine(&self) {
        let coroutine = self.coroutine.take();
        if let Some(coroutine) = coroutine {
            coroutine.raise_exit();
        }
    }
}

impl<T: Clone + 'static> Drop for TaskInner<T> {
    fn drop(&mut self) {
        if self.future.is_unretrieved() {
            self.future.tell_unretrieved(Some(&self.state));
        }
    }
}

/// `Task.__step`, again and again.
impl<T: Clone + 'static> Body for TaskInner<T> {
    fn slot(&self) -> &Slot {
        &self.state.slot
    }

    fn name(&self) -> Name {
        self.state.unwritten_name()
    }

    fn step(self: Rc<Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &*self;
        let event_loop = &this.future.event_loop;
        let previous = event_loop.current.replace(Some(self.clone()));
        let outer_woken = event_loop.woken.replace(this.state.begin_step());
        this.state.context.enter(|| {
            if let Poll::Ready(end) = self.go_on(cx) {
                self.finish(end);
            }
        });
        if event_loop.eager_starts.get() == 0 && event_loop.is_left() {
            // The handle's frame is in the traceback, and holds the task.
            event_loop.core.held().keep(self.clone());
        }
        let current = event_loop.current.replace(previous);
        drop(current);
        // The handle that stepped the task holds what woke it until then.
        this.state.end_step(event_loop);
        if let Some(woken) = event_loop.woken.replace(outer_woken) {
            event_loop.core.held().keep(woken);
        }
        if this.is_done() { Poll::Ready(()) } else { Poll::Pending }
    }

    fn free(&self) {
        let coroutine = self.coroutine.take();
        drop(coroutine); // after the borrow has ended: what it frees may come back here
    }

    fn let_go(&self) {
        self.state.forget_waiter();
    }

    fn as_any(self: Rc<Self>) -> Box<dyn Any> {
        Box::new(self as Rc<dyn TaskNode>)
    }
}

/// How a coroutine came to its end.
enum End<T> {
    Returned(T),
    Raised(Error),
    /// It returned, but a cancellation was still to be raised; its message.
    CancelledLate(Option<Rc<str>>),
}

impl<T: Clone + 'static> TaskInner<T> {
    fn go_on(self: &Rc<Self>, cx: &mut Context<'_>) -> Poll<End<T>> {
        let state = &self.state;
        let mut place = self.coroutine.borrow_mut();
        let Some(coroutine) = &mut *place else { return Poll::Pending };
        if state.nothing_can_catch(|| coroutine.is_begun())
            && let Some(cancelled) = state.take_cancellation()
            && let Some(cancelled) = coroutine.throw(cancelled)
        {
            // Thrown into a coroutine that has not begun, it counts as having begun.
            let coroutine = place.take();
            drop(place);
            let _ = coroutine.map(Steps::close);
            return Poll::Ready(End::Raised(cancelled));
        }
        let polled = match state.thrown_exit(&self.future.event_loop) {
            Some(exit) => throw_exit(exit, || coroutine.poll(cx)),
            None => coroutine.poll(cx),
        };
        match polled {
            Poll::Ready(result) => {
                let coroutine = place.take();
                drop(place);
                self.keep(coroutine);
                Poll::Ready(match result {
                    Ok(value) => match state.cancelled_late() {
                        Some(message) => End::CancelledLate(message),
                        None => End::Returned(value),
                    },
                    Err(error) => End::Raised(error),
                })
            }
            Poll::Pending => {
                drop(place);
                state.suspend();
                Poll::Pending
            }
        }
    }

    /// Keeps what the coroutine keeps alive beyond its end.
    fn keep(self: &Rc<Self>, coroutine: Option<Steps<T>>) {
        if let Some(kept) = coroutine.and_then(Steps::keeps) {
            self.state.keep_beyond(kept);
            let task: Weak<dyn Collectable> = Rc::downgrade(self) as _;
            self.future.event_loop.garbage.keeps(task);
        }
    }

    fn finish(self: &Rc<Self>, end: End<T>) {
        let future = crate::futures::Future(self.clone());
        if let Some(task) = self.state.traced_id() {
            self.future.event_loop.core.emit(|| EventKind::Finished {
                task,
                outcome: match &end {
                    End::Returned(_) => Outcome::Done,
                    End::Raised(Error::Cancelled(_)) | End::CancelledLate(_) => Outcome::Cancelled,
                    End::Raised(error) => Outcome::failed(error.headline()),
                },
            });
        }
        // Nobody else completes a task's future, so it is pending here.
        match end {
            End::Returned(value) => drop(future.complete(Ok(value))),
            End::Raised(Error::Cancelled(own)) => {
                future.finish_cancelled(Cancellation::Raised(own));
            }
            End::CancelledLate(message) => {
                future.finish_cancelled(Cancellation::With(message));
            }
            End::Raised(error) => {
                let leaves = error.leaves_loop().then(|| error.clone());
                drop(future.complete(Err(error)));
                if let Some(error) = leaves {
                    self.future.event_loop.leave_by(&error);
                }
            }
        }
    }
}
