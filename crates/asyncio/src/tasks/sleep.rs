//! `asyncio.sleep`.

use crate::base_events::EventLoop;
use crate::coroutines::is_unheard;
use crate::events;
use crate::exceptions::Result;
use crate::futures::{Await, Future, FutureInner, Role, take_thrown};
use executor::Handle;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};
use trace::{Caller, HandleKind, Wait};

/// Suspends the task for `delay` seconds; for one iteration of the loop when `delay` is 0 or less.
///
/// As in CPython the timer completes a future, and the task resumes in the iteration after that.
///
/// # Panics
/// When polled without a running loop.
#[track_caller]
pub fn sleep(delay: f64) -> Sleep {
    sleep_at(delay, Location::caller())
}

/// [`sleep`] on behalf of the line that awaits something made of it.
pub(crate) fn sleep_at(delay: f64, at: Caller) -> Sleep {
    Sleep { delay, at, state: State::New }
}

/// The coroutine of [`sleep`].
pub struct Sleep {
    delay: f64,
    at: Caller,
    state: State,
}

enum State {
    New,
    Yielded,
    Waiting(Await<()>, Handle),
    Done,
}

impl std::future::Future for Sleep {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        if self.delay <= 0.0 {
            return self.give_way(cx);
        }
        let event_loop = EventLoop::running();
        match self.state {
            State::New => {
                let until = event_loop.core.time() + event_loop.core.vary(self.delay);
                let future = FutureInner::new(event_loop.clone(), Role::Plain);
                let timer = event_loop.core.timer_at(HandleKind::Sleep, until, future);
                let (future, timer) = (Future(timer.clone()), Handle::from(timer));
                let waiting = Await::new(future, Wait::Sleep { until }, self.at);
                self.state = State::Waiting(waiting, timer);
            }
            State::Waiting(..) => {}
            State::Yielded | State::Done => return Poll::Ready(Ok(())),
        }
        let State::Waiting(waiting, _) = &mut self.state else { return Poll::Pending };
        let polled = Pin::new(waiting).poll(cx);
        if polled.is_ready() {
            self.finish();
        }
        polled
    }
}

impl Sleep {
    /// The bare `yield` of `__sleep0`: the task goes on in the next iteration.
    fn give_way(&mut self, cx: &mut Context<'_>) -> Poll<Result<()>> {
        events::with_running(|event_loop| match self.state {
            State::New => {
                self.state = State::Yielded;
                let own = event_loop.core.stepped_by(cx.waker()).is_some();
                if own || !is_unheard(cx) {
                    event_loop.with_current(|task| {
                        if let Some(task) = task {
                            task.yields();
                        }
                        match task.filter(|_| own) {
                            Some(task) => {
                                task.slot.waits_for(Wait::NextIteration, Some(self.at));
                                event_loop.core.wake_self(&task.slot);
                            }
                            None => {
                                event_loop.core.waits_for(Wait::NextIteration, Some(self.at));
                                cx.waker().wake_by_ref();
                            }
                        }
                    });
                }
                Poll::Pending
            }
            _ => {
                let again = matches!(std::mem::replace(&mut self.state, State::Done), State::Done);
                let thrown = if again { None } else { take_thrown(event_loop) };
                Poll::Ready(thrown.map_or(Ok(()), Err))
            }
        })
    }

    /// The `finally: handle.cancel()` of `asyncio.sleep`.
    fn finish(&mut self) {
        if let State::Waiting(_, timer) = &self.state {
            timer.cancel();
        }
        self.state = State::Done;
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.finish();
    }
}
