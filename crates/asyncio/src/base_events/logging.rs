//! What the loop logs, and debug mode.

use super::EventLoop;
use crate::exceptions::repr_str;
use trace::EventKind;

impl EventLoop {
    /// Debug mode: steps and callbacks that hold the loop for [`EventLoop::slow_callback_duration`]
    /// or longer are logged.
    pub fn set_debug(&self, debug: bool) {
        self.debug.set(debug);
        if debug {
            self.core.watch_handles();
        }
    }

    /// Whether debug mode is on.
    pub fn get_debug(&self) -> bool {
        self.debug.get()
    }

    /// What counts as slow in debug mode, in seconds; 0.1 unless set otherwise.
    pub fn slow_callback_duration(&self) -> f64 {
        self.slow_callback.get()
    }

    /// Sets what counts as slow in debug mode, in seconds.
    pub fn set_slow_callback_duration(&self, seconds: f64) {
        self.slow_callback.set(seconds);
    }

    /// Logs a warning, which no exception handler hears of.
    pub(crate) fn warn(&self, message: &str) {
        let task = self.current_id();
        self.core.emit(|| EventKind::logged(task, message, None, None));
    }

    /// In debug mode, logs a handle that held the loop for too long.
    pub(crate) fn look_for_slow(&self) {
        if !self.debug.get() {
            return;
        }
        let Some((task, began)) = self.core.take_last_handle() else { return };
        let seconds = self.core.time() - began;
        if seconds >= self.slow_callback.get() {
            let who = task.map_or_else(
                || "<Handle>".into(),
                |name| format!("<Task name={}>", repr_str(&name)),
            );
            let message = format!("Executing {who} took {seconds:.3} seconds");
            self.core.emit(|| EventKind::logged(None, &message, None, None));
        }
    }
}
