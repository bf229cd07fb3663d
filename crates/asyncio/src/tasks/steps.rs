//! What the executor polls for a task.

use crate::coroutines::Coro;
use crate::exceptions::Error;
use crate::futures::{Cancellation, Future};
use crate::tasks::TaskState;
use executor::Body;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use trace::{EventKind, Outcome};

/// `Task.__step`, again and again.
pub(crate) struct Steps<T> {
    pub(crate) future: Future<T>,
    pub(crate) state: Rc<TaskState>,
    pub(crate) coroutine: Option<Coro<T>>,
}

impl<T: Clone + 'static> Body for Steps<T> {
    fn name(&self) -> Rc<str> {
        self.state.name()
    }

    fn step(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let event_loop = self.future.0.event_loop.clone();
        let state = self.state.clone();
        let previous = event_loop.current.replace(Some(state.clone()));
        state.begin_step();
        state.context.enter(|| {
            if let Poll::Ready(end) = self.go_on(cx) {
                self.finish(end);
            }
        });
        let current = event_loop.current.replace(previous);
        drop(current);
        // The handle that stepped the task holds what woke it until then.
        if let Some(woken) = state.end_step() {
            event_loop.core.held().keep(woken);
        }
        if self.future.done() { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// How a coroutine came to its end.
enum End<T> {
    Returned(T),
    Raised(Error),
    /// It returned, but a cancellation was still to be raised; its message.
    CancelledLate(Option<Rc<str>>),
}

impl<T: Clone + 'static> Steps<T> {
    fn go_on(&mut self, cx: &mut Context<'_>) -> Poll<End<T>> {
        let state = self.state.clone();
        let begun = self.coroutine.as_ref().is_some_and(Coro::is_begun);
        if state.nothing_can_catch(begun)
            && let Some(cancelled) = self.throw(state.take_cancellation())
        {
            // Thrown into a coroutine that has not begun, it counts as having begun.
            if let Some(coroutine) = self.coroutine.take() {
                let _ = coroutine.close();
            }
            return Poll::Ready(End::Raised(cancelled));
        }
        let Some(coroutine) = &mut self.coroutine else { return Poll::Pending };
        match Pin::new(coroutine).poll(cx) {
            Poll::Ready(result) => {
                let coroutine = self.coroutine.take();
                state.keep(coroutine.and_then(|mut coroutine| coroutine.keeps()));
                Poll::Ready(match result {
                    Ok(value) => match state.cancelled_late() {
                        Some(message) => End::CancelledLate(message),
                        None => End::Returned(value),
                    },
                    Err(error) => End::Raised(error),
                })
            }
            Poll::Pending => {
                state.suspend();
                Poll::Pending
            }
        }
    }

    /// Throws into a coroutine that has not begun: it comes back where nothing can catch it.
    fn throw(&mut self, error: Option<Error>) -> Option<Error> {
        self.coroutine.as_mut()?.throw(error?)
    }

    fn finish(&self, end: End<T>) {
        if let Some(task) = self.state.traced_id() {
            self.future.0.event_loop.core.emit(|| EventKind::Finished {
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
            End::Returned(value) => drop(self.future.complete(Ok(value))),
            End::Raised(error @ Error::Cancelled(_)) => {
                self.future.finish_cancelled(Cancellation::raised(error));
            }
            End::CancelledLate(message) => {
                self.future.finish_cancelled(Cancellation::with(message));
            }
            End::Raised(error) => drop(self.future.complete(Err(error))),
        }
    }
}
