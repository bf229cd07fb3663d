//! The running loop, and what programs ask of it without naming it: `Lib/asyncio/events.py`.

use crate::base_events::{CallbackResult, EventLoop};
use crate::exceptions::{Error, Result};
use crate::program::{Overrun, Program};
use executor::Handle;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use trace::TaskId;

thread_local! {
    /// `_running_loop`.
    static RUNNING: RefCell<Option<Rc<EventLoop>>> = const { RefCell::new(None) };
}

/// The loop that is running, if one is: `_get_running_loop`.
pub(crate) fn running_loop() -> Option<Rc<EventLoop>> {
    RUNNING.with_borrow(Clone::clone)
}

/// Lends the running loop to `read`, which must not change which that is.
///
/// # Panics
/// When none runs.
pub(crate) fn with_running<R>(read: impl FnOnce(&Rc<EventLoop>) -> R) -> R {
    RUNNING.with_borrow(|event_loop| read(event_loop.as_ref().expect("no running event loop")))
}

/// Makes another loop the running one: `_set_running_loop`. Returns what was it.
pub(crate) fn swap_running_loop(event_loop: Option<Rc<EventLoop>>) -> Option<Rc<EventLoop>> {
    RUNNING.replace(event_loop)
}

/// The same.
pub(crate) fn set_running_loop(event_loop: Option<Rc<EventLoop>>) {
    let earlier = swap_running_loop(event_loop);
    drop(earlier); // after the borrow has ended
}

/// The task that is running, if one is that the trace shows.
pub(crate) fn running_task() -> Option<TaskId> {
    running_loop().and_then(|event_loop| event_loop.current_id())
}

impl EventLoop {
    /// The running loop.
    ///
    /// # Panics
    /// When none runs: `RuntimeError: no running event loop` in Python.
    pub(crate) fn running() -> Rc<EventLoop> {
        get_running_loop().expect("no running event loop")
    }
}

/// A loop that is not running yet: `asyncio.new_event_loop()`. For the synchronous part of a program.
///
/// # Errors
/// `RuntimeError` outside of a [`Run`](crate::Run).
pub fn new_event_loop() -> Result<Rc<EventLoop>> {
    match Program::current() {
        Some(program) => Ok(EventLoop::new(program)),
        None => Err(Error::new("RuntimeError", "no program is running")),
    }
}

/// The running loop: `asyncio.get_running_loop()`.
///
/// # Errors
/// `RuntimeError` when none is running.
pub fn get_running_loop() -> Result<Rc<EventLoop>> {
    running_loop().ok_or_else(|| Error::new("RuntimeError", "no running event loop"))
}

/// The running loop, or the one that the synchronous part of a program got last in this way, or else a new one, with
/// the `DeprecationWarning` of CPython 3.13: `asyncio.get_event_loop()`.
///
/// # Errors
/// `RuntimeError` outside of a [`Run`](crate::Run).
pub fn get_event_loop() -> Result<Rc<EventLoop>> {
    let Some(program) = Program::current().filter(|_| running_loop().is_none()) else {
        return get_running_loop();
    };
    let set: Rc<RefCell<Weak<EventLoop>>> = program.annexes.get();
    if let Some(event_loop) = set.borrow().upgrade() {
        return Ok(event_loop);
    }
    Program::report("DeprecationWarning: There is no current event loop");
    let event_loop = new_event_loop()?;
    set.replace(Rc::downgrade(&event_loop));
    Ok(event_loop)
}

/// Loop time in seconds: `loop.time()`.
///
/// # Panics
/// Without a running loop.
pub fn time() -> f64 {
    EventLoop::running().core.time()
}

/// Calls `callback` in the next iteration: `loop.call_soon`. An error that it returns is logged.
///
/// # Panics
/// Without a running loop.
pub fn call_soon<R: CallbackResult>(callback: impl FnOnce() -> R + 'static) -> Handle {
    EventLoop::running().call_soon(callback)
}

/// Calls `callback` after `delay` seconds: `loop.call_later`.
///
/// # Panics
/// Without a running loop.
pub fn call_later<R: CallbackResult>(delay: f64, callback: impl FnOnce() -> R + 'static) -> Handle {
    EventLoop::running().call_later(delay, callback)
}

/// Calls `callback` once loop time is `when`, in seconds: `loop.call_at`.
///
/// # Panics
/// Without a running loop.
pub fn call_at<R: CallbackResult>(when: f64, callback: impl FnOnce() -> R + 'static) -> Handle {
    EventLoop::running().call_at(when, callback)
}

/// Has the run end where CPython would go round for ever within a step.
pub(crate) fn goes_in_a_circle() {
    if let Some(event_loop) = running_loop() {
        event_loop.program.overrun.set(Some(Overrun::Circle));
    }
}
