//! What happens beside the loop, and what holds the loop.

use super::timers::Timers;
use super::{Core, Handle, Progress};
use std::cell::{Cell, RefCell};
use trace::{Actor, EventKind};

/// The events outside, and whether the loop waits for them.
pub(super) struct Outside {
    events: RefCell<Timers>,
    happened: Cell<u64>,
    /// Events that may happen.
    budget: Cell<u64>,
    held_until: Cell<f64>,
    /// When the next iteration may begin, once the wait for it is over.
    granted: Cell<Option<f64>>,
    interrupted: Cell<bool>,
    /// Something is ready, but the loop has not noticed.
    dozing: Cell<bool>,
    pub(super) hung: Cell<bool>,
}

impl Default for Outside {
    fn default() -> Self {
        Outside {
            events: RefCell::default(),
            happened: Cell::new(0),
            budget: Cell::new(u64::MAX),
            held_until: Cell::new(0.0),
            granted: Cell::new(None),
            interrupted: Cell::new(false),
            dozing: Cell::new(false),
            hung: Cell::new(false),
        }
    }
}

impl Outside {
    pub(super) fn drain(&self) -> Vec<Handle> {
        self.events.borrow_mut().drain()
    }

    fn next(&self) -> Option<f64> {
        if self.happened.get() >= self.budget.get() {
            return None;
        }
        self.events.borrow_mut().next_deadline().filter(|when| when.is_finite())
    }
}

impl Core {
    /// Calls `callback` at loop time `when`, in seconds, outside the loop: even while a handle holds
    /// the loop. What it schedules enters the ready queue at that moment, but a loop that waits does
    /// not notice before its next deadline unless it is told by [`Core::interrupt`].
    ///
    /// Of equal times the event scheduled first comes first, and an event comes before a timer, before
    /// an iteration, and before the end of blocking work.
    ///
    /// ```
    /// use executor::{Executor, VirtualClock};
    /// let executor = Executor::new(VirtualClock);
    /// let core = executor.core();
    /// executor.call_soon(move || {
    ///     let inner = core.clone();
    ///     core.outside_at(1.0, move || assert_eq!(inner.time(), 1.0));
    ///     core.block(3.0);
    /// });
    /// executor.run().unwrap();
    /// assert_eq!(executor.time(), 3.0);
    /// ```
    pub fn outside_at(&self, when: f64, callback: impl FnOnce() + 'static) -> Handle {
        let handle = self.handle(callback);
        if !handle.cancelled() {
            self.outside.events.borrow_mut().push(when, handle.clone());
        }
        handle
    }

    /// Ends the wait of a loop that has nothing ready: what `_write_to_self` does in CPython.
    pub fn interrupt(&self) {
        self.outside.interrupted.set(true);
        self.outside.dozing.set(false);
    }

    /// When the next event outside is due, in seconds of loop time.
    pub fn next_outside(&self) -> Option<f64> {
        self.outside.next()
    }

    /// The number of events that have happened outside.
    pub fn happened(&self) -> u64 {
        self.outside.happened.get()
    }

    /// Lets no more than so many events happen outside. Who steps an executor may count its steps, but
    /// events within blocking work are no steps.
    pub fn set_outside_budget(&self, events: u64) {
        self.outside.budget.set(events);
    }

    /// Keeps the loop, whenever it wants to go on, from doing so before `until`: no iteration begins and
    /// no blocking work ends earlier.
    pub fn hold(&self, until: f64) {
        self.outside.held_until.set(self.held_until().max(until));
    }

    /// Until when the loop is held from outside, in seconds of loop time.
    pub fn held_until(&self) -> f64 {
        self.outside.held_until.get()
    }

    /// Runs `body` as something outside: on nobody's account.
    pub fn beside<R>(&self, body: impl FnOnce() -> R) -> R {
        let (source, running) = (self.source(), self.running());
        self.enter(Actor::Outside, None);
        let result = body();
        self.collect_woken();
        self.enter(source, running);
        result
    }

    /// Blocking work: holds the loop for `seconds` of loop time, as `time.sleep` does. The rest of
    /// the handle sees the later time at once; on a paced clock no other handle runs before the
    /// clock has come that far, and the page stays free. Outside, events go on.
    pub fn block(&self, seconds: f64) {
        let seconds = if seconds > 0.0 { seconds } else { 0.0 };
        self.emit_blocked(seconds);
        self.pass(self.time() + seconds);
        self.catch_up();
    }

    /// Work that needs the interpreter, and so may hold the loop from outside: see [`Core::hold`].
    /// As blocking work, but it begins when nothing else holds the loop.
    pub fn work(&self, seconds: f64) {
        if seconds.is_nan() || seconds <= 0.0 {
            return;
        }
        let end = self.time().max(self.held_until()) + seconds;
        self.hold(end);
        self.emit_blocked(end - self.time());
        self.pass(end);
    }

    /// Holds the loop until `done`, at most until `deadline`. Returns whether that comes at all:
    /// without a deadline it may be that nothing is left to happen.
    pub fn block_until(&self, done: impl Fn() -> bool, deadline: Option<f64>) -> bool {
        while !done() {
            let next = self.outside.next();
            let outside = next.filter(|when| deadline.is_none_or(|deadline| *when <= deadline));
            let Some(when) = outside.or(deadline) else { return false };
            if when > self.time() {
                self.emit_blocked(when - self.time());
            }
            if outside.is_none() {
                self.pass(when);
                break;
            }
            self.happen(when);
        }
        self.catch_up();
        true
    }

    /// Holds the loop for ever: from now on the executor is idle.
    pub fn hang(&self) {
        self.outside.hung.set(true);
    }

    /// Waits for the next iteration, as `select` does in CPython's loop: one event outside at a time.
    /// `None` when the iteration may begin.
    pub(super) fn select(&self) -> Option<Progress> {
        let outside = &self.outside;
        loop {
            let granted = outside.granted.get();
            let scheduled = !self.ready.borrow().is_empty() && !outside.dozing.get();
            let ready = scheduled || self.poll(false);
            let asleep = granted.is_none() && !ready;
            let until = if asleep {
                let timer = self.timers.borrow_mut().next_deadline();
                timer.filter(|when| when.is_finite()).map(|when| when.max(self.time()))
            } else {
                Some(granted.unwrap_or(self.time()))
            };
            if let Some(when) = outside.next()
                && until.is_none_or(|until| when <= until)
            {
                return Some(self.wait_until(when).unwrap_or_else(|| {
                    self.happen(when);
                    let ready = !self.ready.borrow().is_empty();
                    outside.dozing.set(asleep && ready && !outside.interrupted.get());
                    Progress::Ran
                }));
            }
            let Some(until) = until else { return Some(Progress::Idle) };
            if asleep && let Some(wait) = self.wait_until(until) {
                return Some(wait);
            }
            self.set_time(until);
            if granted.is_some() || self.held_until() <= until {
                break;
            }
            outside.granted.set(Some(self.held_until()));
        }
        outside.granted.set(None);
        outside.dozing.set(false);
        outside.interrupted.set(false);
        None
    }

    /// Lets the next event outside happen, for a loop that will begin no iteration any more.
    pub fn step_outside(&self) -> Progress {
        let Some(when) = self.outside.next() else { return Progress::Idle };
        self.wait_until(when).unwrap_or_else(|| {
            self.happen(when);
            Progress::Ran
        })
    }

    fn wait_until(&self, when: f64) -> Option<Progress> {
        self.clock.wait_until(when.max(self.time())).map(Progress::Wait)
    }

    /// Before a handle goes on that has held the loop: what is due happens, and nothing else holds it.
    fn catch_up(&self) {
        self.pass(self.time());
        self.pass(self.time().max(self.held_until()));
    }

    /// Moves time to `end`; what is due outside by then happens at its time.
    fn pass(&self, end: f64) {
        while let Some(when) = self.outside.next()
            && when <= end
        {
            self.happen(when);
        }
        self.set_time(end.max(self.time()));
    }

    /// Lets the next event outside happen, whose time is `when`.
    fn happen(&self, when: f64) {
        self.outside.happened.set(self.happened() + 1);
        self.set_time(when.max(self.time()));
        let event = self.outside.events.borrow_mut().pop();
        if let Some(event) = event {
            self.beside(|| event.run());
        }
    }

    fn emit_blocked(&self, seconds: f64) {
        self.emit(|| EventKind::Blocked { task: self.running_shown(), seconds });
    }
}
