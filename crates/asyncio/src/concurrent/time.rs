//! What takes a thread's time.

use super::blocked_callers::Suspend;
use super::thread::Thread;
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Result};
use trace::EventKind;

/// As many seconds as CPython counts: 2^63 nanoseconds.
const LONGEST: f64 = 9_223_372_036.0;

/// CPU work on the loop's own thread: holds the loop for `seconds`, and other threads' CPU work as well.
///
/// # Panics
/// Without a running loop.
pub fn cpu(seconds: f64) {
    let event_loop = EventLoop::running();
    event_loop.core.work(event_loop.core.vary(seconds));
}

impl Thread {
    /// Time in seconds, the same as the loop's: `time.monotonic()`.
    pub fn time(&self) -> f64 {
        self.0.event_loop.core.time()
    }

    /// Blocks the thread for `seconds`: `time.sleep`.
    ///
    /// # Errors
    /// `ValueError` for a negative length, `OverflowError` for one of more than 292 years.
    pub async fn sleep(&self, seconds: f64) -> Result {
        if seconds.is_nan() {
            return Err(Error::new("ValueError", "Invalid value NaN (not a number)"));
        }
        if seconds < 0.0 {
            return Err(Error::new("ValueError", "sleep length must be non-negative"));
        }
        if seconds > LONGEST {
            let text = "timestamp out of range for platform time_t";
            return Err(Error::new("OverflowError", text));
        }
        self.resumes_at(self.time() + self.0.event_loop.core.vary(seconds));
        Suspend::default().await;
        Ok(())
    }

    /// CPU work of so many seconds: in Python a loop that runs until `time.thread_time()` has advanced
    /// by `seconds`. In a thread it waits for the interpreter lock, and has it to the end, so that the
    /// loop cannot go on; in a process it does not.
    ///
    /// # Errors
    /// None; it is a `Result` as the other operations are.
    pub async fn cpu(&self, seconds: f64) -> Result {
        if seconds.is_nan() || seconds <= 0.0 {
            return Ok(());
        }
        let core = &self.0.event_loop.core;
        let seconds = core.vary(seconds);
        if self.0.process {
            self.resumes_at(core.time() + seconds);
        } else {
            let begin = core.time().max(core.occupied_until());
            core.occupy(begin + seconds);
            let blocked = move |event_loop: &EventLoop| {
                event_loop.core.emit(|| EventKind::Blocked { task: None, seconds });
            };
            if begin > core.time() {
                let event_loop = self.0.event_loop.clone();
                core.call_external_at(begin, move || blocked(&event_loop));
            } else {
                blocked(&self.0.event_loop);
            }
            self.resumes_at(begin + seconds);
        }
        Suspend::default().await;
        Ok(())
    }

    /// Blocks the thread until all has happened that is due, and until it has the interpreter lock.
    pub(super) async fn catch_up(&self) {
        let core = &self.0.event_loop.core;
        self.let_pass(core.time()).await;
        self.let_pass(core.time().max(core.occupied_until())).await;
    }

    async fn let_pass(&self, until: f64) {
        let core = &self.0.event_loop.core;
        while until > core.time() || core.next_external().is_some_and(|when| when <= until) {
            self.resumes_at(until);
            Suspend::default().await;
        }
    }

    pub(super) fn resumes_at(&self, when: f64) {
        let thread = self.clone();
        self.0.event_loop.core.call_external_at(when, move || thread.resume());
    }
}
