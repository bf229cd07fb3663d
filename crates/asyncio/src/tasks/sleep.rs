//! `asyncio.sleep`.

use crate::base_events::EventLoop;
use crate::coroutines::is_unheard;
use crate::events;
use crate::exceptions::Result;
use crate::futures::{Await, Future, FutureInner, Role, take_thrown};
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
    Sleep { at, state: State::New(delay) }
}

/// The coroutine of [`sleep`].
pub struct Sleep {
    at: Caller,
    state: State,
}

enum State {
    /// For so many seconds.
    New(f64),
    Yielded,
    /// For the future that its timer is.
    Waiting(Await<()>),
    Done,
}

impl std::future::Future for Sleep {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        match &mut self.state {
            State::New(delay) if *delay <= 0.0 => {
                self.state = State::Yielded;
                give_way(Wait::NextIteration, self.at, cx);
                return Poll::Pending;
            }
            State::New(delay) => {
                let delay = *delay;
                self.state = State::Waiting(wait(delay, self.at));
            }
            State::Waiting(_) => {}
            State::Yielded => {
                self.state = State::Done;
                let thrown = events::with_running(|event_loop| take_thrown(event_loop));
                return Poll::Ready(thrown.map_or(Ok(()), Err));
            }
            State::Done => return Poll::Ready(Ok(())),
        }
        let State::Waiting(waiting) = &mut self.state else { return Poll::Pending };
        let polled = Pin::new(waiting).poll(cx);
        if polled.is_ready() {
            self.finish();
        }
        polled
    }
}

/// Sets the timer, and awaits the future that it completes.
fn wait(delay: f64, at: Caller) -> Await<()> {
    let event_loop = EventLoop::running();
    let core = event_loop.core.clone();
    let until = core.time() + core.vary(delay);
    let future = FutureInner::new(event_loop, Role::Plain);
    let timer = core.timer_at(HandleKind::Sleep, until, future);
    Await::new(Future(timer), Wait::Sleep { until }, at)
}

/// The bare `yield` of `__sleep0`: the task goes on in the next iteration. `wait` is what it is taken to wait for.
pub(super) fn give_way(wait: Wait, at: Caller, cx: &Context<'_>) {
    events::with_running(|event_loop| {
        let core = &event_loop.core;
        let own = core.stepped_by(cx.waker()).is_some();
        if !own && is_unheard(cx) {
            return;
        }
        event_loop.with_current(|task| {
            if let Some(task) = task {
                task.yields();
            }
            match task.filter(|_| own) {
                Some(task) => {
                    task.slot.waits_for(wait, Some(at));
                    core.wake_self(&task.slot);
                }
                None => {
                    core.waits_for(wait, Some(at));
                    cx.waker().wake_by_ref();
                }
            }
        });
    });
}

impl Sleep {
    /// The `finally: handle.cancel()` of `asyncio.sleep`.
    fn finish(&mut self) {
        if let State::Waiting(waiting) = &self.state {
            waiting.future().cancel_timer();
        }
        self.state = State::Done;
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if matches!(self.state, State::Waiting(_)) {
            self.finish();
        }
    }
}
