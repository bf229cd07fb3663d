//! The page's clock, and the loop that drives a run on the page's timers.

use executor::PacedClock;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use std::pin::pin;
use wasm_bindgen_futures::spawn_local;

/// Longest stretch of work, in seconds, before the page gets its turn.
const SLICE: f64 = 0.008;

/// Longest wait given to the page at once, in seconds; longer ones are waited for in pieces.
const LONGEST_WAIT: f64 = 60.0;

/// The page's monotonic clock, in seconds.
///
/// Pages without `performance` (no known browser) fall back on the wall clock.
pub fn page_seconds() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(js_sys::Date::now, |performance| performance.now()) / 1000.0
}

/// A clock at loop time `start` (seconds) that runs `speed` loop seconds per second of the page.
pub fn page_clock(start: f64, speed: f64) -> PacedClock {
    PacedClock::starting_at(start, page_seconds, speed)
}

/// What the driven loop wants next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// To be called again at once.
    Again,
    /// To be called after so many real seconds, or when it is nudged; only then when infinite.
    After(f64),
    /// Nothing more.
    Stop,
}

/// A loop that is being driven; dropping it ends the driving and frees the loop.
pub struct Driver(UnboundedSender<()>);

impl Driver {
    /// Calls the loop now, whatever it was waiting for: its clock has changed.
    pub fn nudge(&self) {
        // The loop has stopped when nobody listens.
        let _ = self.0.unbounded_send(());
    }
}

/// Calls `step` as it asks for, on the page's timers, handing the page back to the browser at least
/// every 8 ms of work.
pub fn drive(mut step: impl FnMut() -> Next + 'static) -> Driver {
    let (sender, mut nudges) = unbounded();
    spawn_local(async move {
        loop {
            let wait = match slice(&mut step) {
                Next::Again => 0.0,
                Next::After(seconds) => seconds,
                Next::Stop => return,
            };
            if !pause(wait, &mut nudges).await {
                return;
            }
        }
    });
    Driver(sender)
}

/// Calls `step` until it wants to wait or the slice is over.
fn slice(step: &mut impl FnMut() -> Next) -> Next {
    let began = page_seconds();
    loop {
        let next = step();
        if next != Next::Again || page_seconds() - began >= SLICE {
            return next;
        }
    }
}

/// Waits for some seconds or a nudge. Returns whether the driver is still there.
async fn pause(seconds: f64, nudges: &mut UnboundedReceiver<()>) -> bool {
    if seconds.is_infinite() {
        return nudges.next().await.is_some();
    }
    let milliseconds = (seconds.clamp(0.0, LONGEST_WAIT) * 1000.0).ceil() as u32;
    let timer = pin!(TimeoutFuture::new(milliseconds));
    match select(timer, nudges.next()).await {
        Either::Left(_) => true,
        Either::Right((nudge, _)) => nudge.is_some(),
    }
}
