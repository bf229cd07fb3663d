//! An iteration of the loop: `BaseEventLoop._run_once`.

use super::core::Ready;
use super::{Core, Handle, Progress};
use std::rc::Rc;
use trace::{Actor, EventKind};

/// Timers this close to now, in seconds, are due: the resolution of the monotonic clock on Linux,
/// as `BaseEventLoop._clock_resolution` has it.
const CLOCK_RESOLUTION: f64 = 1e-9;

impl Core {
    /// Has `poll` called where an iteration asks the operating system what is ready: it says whether
    /// anything is before the time it is given, and schedules callbacks for that if told so. That
    /// comes after external events and before timers; time moves for those two only.
    pub fn set_poll(&self, poll: impl Fn(f64, bool) -> bool + 'static) {
        let previous = self.poll.replace(Some(Rc::new(poll)));
        drop(previous);
    }

    /// Runs one handle, beginning a new iteration where the last has ended.
    pub fn step(&self) -> Progress {
        self.held.let_go();
        if self.external.blocked_forever.get() {
            return Progress::Idle;
        }
        loop {
            if self.left.get() == 0
                && let Some(nothing) = self.begin_iteration()
            {
                return nothing;
            }
            if self.left.get() == 0 {
                continue;
            }
            // After blocking work loop time may be ahead of the clock.
            if !self.jumps
                && let Some(seconds) = self.clock.wait_until(self.now.get())
            {
                return Progress::Wait(seconds);
            }
            self.left.set(self.left.get() - 1);
            let ready = self.ready.borrow_mut().pop_front();
            let ran = match ready {
                Some(Ready::Task(body)) => self.run_task(body),
                Some(Ready::Call(handle)) => self.run_handle(handle),
                None => false,
            };
            // An iteration ends here even when its last handle was cancelled: whoever stops the loop at
            // the end of one must get to see that.
            if ran || self.left.get() == 0 {
                return Progress::Ran;
            }
        }
    }

    /// Lets external events happen that are due, moves due timers to the ready queue and counts the
    /// handles of the new iteration. Says what there is to wait for when there are none.
    fn begin_iteration(&self) -> Option<Progress> {
        self.collect_woken();
        if !self.goes_straight_on() {
            let waiting = self.select();
            if waiting.is_some() {
                return waiting;
            }
            self.poll(true);
        }
        if !self.timers.borrow().is_empty() {
            self.take_due();
        }
        self.left.set(self.ready.borrow().len());
        self.iterations.set(self.iterations.get() + 1);
        if !self.iteration_ended() {
            self.emit(|| EventKind::IterationBegan { number: self.iterations.get() });
        }
        None
    }

    /// Moves the timers that are due to the ready queue.
    fn take_due(&self) {
        let end = self.due_before();
        let (mut timers, mut ready) = (self.timers.borrow_mut(), self.ready.borrow_mut());
        while let Some(handle) = timers.pop_before(end) {
            self.emit(|| EventKind::TimerFired { handle: handle.slot().id.get() });
            ready.push_back(Ready::Call(handle));
        }
    }

    /// Timers before this moment are due: those of now at any rate, also where the next time that a number
    /// can tell is further away than the resolution.
    fn due_before(&self) -> f64 {
        (self.now.get() + CLOCK_RESOLUTION).max(self.now.get().next_up())
    }

    /// Whether the operating system has something ready; with `take` its callbacks are scheduled.
    pub(super) fn poll(&self, take: bool) -> bool {
        let poll = self.poll.borrow().clone();
        poll.is_some_and(|poll| {
            self.enter(Actor::Network, None);
            let ready = poll(self.due_before(), take);
            self.leave();
            ready
        })
    }

    fn run_handle(&self, handle: Handle) -> bool {
        if handle.cancelled() {
            return false;
        }
        let (slot, began) = (handle.slot(), self.now.get());
        self.enter(slot.source.get(), None);
        slot.scheduled.set(false);
        self.emit(|| EventKind::HandleBegan { handle: slot.id.get() });
        handle.run();
        self.leave();
        if self.now.get() != began {
            self.emit(|| EventKind::HandleEnded { handle: slot.id.get() });
        }
        if self.watching.get() {
            *self.last.borrow_mut() = Some((None, began));
        }
        self.held.keep_handle(handle);
        true
    }
}
