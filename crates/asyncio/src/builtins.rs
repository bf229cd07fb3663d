//! `print` and `time.sleep`.

use crate::program::Program;
use std::fmt::Display;
use trace::EventKind;

/// Prints a line: Python's `print`. It goes to the trace, with the time and the task; nowhere outside
/// of a run.
pub fn print(text: impl Display) {
    let Some(program) = Program::current() else { return };
    let task = program.running_task();
    program.core.emit(|| EventKind::Printed { task, text: text.to_string().into() });
}

/// Holds the loop for `seconds`: Python's `time.sleep` inside a coroutine, or outside of any.
///
/// # Panics
/// Outside of a run.
pub fn time_sleep(seconds: f64) {
    let program = Program::current().expect("no program is running");
    program.core.block(program.core.vary(seconds));
}
