//! Polling a future on behalf of no task.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

thread_local! {
    /// The waker of nobody. Not `Waker::noop()`, whose copies in other
    /// crates are not known for it.
    static UNHEARD: Waker = Waker::from(Arc::new(Nobody));
}

struct Nobody;

impl Wake for Nobody {
    fn wake(self: Arc<Self>) {}
}

/// Polls a future whose wake-up nobody hears.
pub(crate) fn poll_unheard<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    unheard(|cx| future.poll(cx))
}

/// The same for anything that polls.
pub(super) fn unheard<R>(poll: impl FnOnce(&mut Context<'_>) -> R) -> R {
    let waker = UNHEARD.with(Waker::clone);
    poll(&mut Context::from_waker(&waker))
}

/// Whether nobody would hear of a wake-up.
pub(crate) fn is_unheard(cx: &Context<'_>) -> bool {
    UNHEARD.with(|nobody| cx.waker().will_wake(nobody))
}
