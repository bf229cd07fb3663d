//! Waiting for a moment of loop time.

use super::{Core, Handle};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use trace::{HandleKind, Wait};

/// A future that is ready at a moment of loop time; see [`Core::sleep`].
pub struct Sleep {
    core: Rc<Core>,
    until: f64,
    timer: Option<Handle>,
}

impl Sleep {
    pub(super) fn new(core: Rc<Core>, until: f64) -> Self {
        Sleep { core, until, timer: None }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.core.time() >= self.until {
            return Poll::Ready(());
        }
        // A new timer at each poll, since the waker may be another one.
        let waker = cx.waker().clone();
        let timer = self.core.call_at_as(HandleKind::Sleep, self.until, move || waker.wake());
        if let Some(earlier) = self.timer.replace(timer) {
            earlier.cancel();
        }
        self.core.waits_for(Wait::Sleep { until: self.until }, None);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(timer) = self.timer.take() {
            timer.cancel();
        }
    }
}
