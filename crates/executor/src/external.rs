//! External events, and what occupies the loop.

use super::timers::Timers;
use super::{Core, Handle, Progress};
use std::cell::{Cell, RefCell};
use trace::{Actor, EventKind};

/// External events, and whether the loop waits for them.
pub(super) struct External {
    events: RefCell<Timers>,
    happened: Cell<u64>,
    /// Events that may happen.
    budget: Cell<u64>,
    occupied_until: Cell<f64>,
    /// When the next iteration may begin, once the wait for it is over.
    granted: Cell<Option<f64>>,
    interrupted: Cell<bool>,
    /// Something is ready, but the loop has not noticed.
    dozing: Cell<bool>,
    pub(super) blocked_forever: Cell<bool>,
}

impl Default for External {
    fn default() -> Self {
        External {
            events: RefCell::default(),
            happened: Cell::new(0),
            budget: Cell::new(u64::MAX),
            occupied_until: Cell::new(0.0),
            granted: Cell::new(None),
            interrupted: Cell::new(false),
            dozing: Cell::new(false),
            blocked_forever: Cell::new(false),
        }
    }
}

impl External {
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
    /// Calls `callback` at loop time `when`, in seconds, as an external event: even while a handle
    /// blocks the loop. What it schedules enters the ready queue at that moment, but a loop that waits does
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
    ///     core.call_external_at(1.0, move || assert_eq!(inner.time(), 1.0));
    ///     core.block(3.0);
    /// });
    /// executor.run().unwrap();
    /// assert_eq!(executor.time(), 3.0);
    /// ```
    pub fn call_external_at(&self, when: f64, callback: impl FnOnce() + 'static) -> Handle {
        let handle = self.handle(callback);
        if !handle.cancelled() {
            self.external.events.borrow_mut().push(when, handle.clone());
        }
        handle
    }

    /// Ends the wait of a loop that has nothing ready: what `_write_to_self` does in CPython.
    pub fn interrupt(&self) {
        self.external.interrupted.set(true);
        self.external.dozing.set(false);
    }

    /// When the next external event is due, in seconds of loop time.
    pub fn next_external(&self) -> Option<f64> {
        self.external.next()
    }

    /// The number of external events that have happened.
    pub fn happened(&self) -> u64 {
        self.external.happened.get()
    }

    /// Lets no more than so many external events happen. Who steps an executor may count its steps, but
    /// events within blocking work are no steps.
    pub fn set_external_budget(&self, events: u64) {
        self.external.budget.set(events);
    }

    /// Keeps the loop, whenever it wants to go on, from doing so before `until`: no iteration begins and
    /// no blocking work ends earlier.
    pub fn occupy(&self, until: f64) {
        self.external.occupied_until.set(self.occupied_until().max(until));
    }

    /// Until when something else occupies the loop, in seconds of loop time.
    pub fn occupied_until(&self) -> f64 {
        self.external.occupied_until.get()
    }

    /// Runs `body` as an external event does: on nobody's account.
    pub fn run_external<R>(&self, body: impl FnOnce() -> R) -> R {
        let (source, running) = (self.source(), self.running());
        self.enter(Actor::Outside, None);
        let result = body();
        self.collect_woken();
        self.enter(source, running);
        result
    }

    /// Blocking work: holds the loop for `seconds` of loop time, as `time.sleep` does. The rest of
    /// the handle sees the later time at once; on a paced clock no other handle runs before the
    /// clock has come that far, and the page stays free. External events go on.
    pub fn block(&self, seconds: f64) {
        let seconds = if seconds > 0.0 { seconds } else { 0.0 };
        self.emit_blocked(seconds);
        self.pass(self.time() + seconds);
        self.catch_up();
    }

    /// Work that needs the interpreter, and so may occupy the loop from elsewhere: see [`Core::occupy`].
    /// As blocking work, but it begins when nothing else occupies the loop.
    pub fn work(&self, seconds: f64) {
        if seconds.is_nan() || seconds <= 0.0 {
            return;
        }
        let end = self.time().max(self.occupied_until()) + seconds;
        self.occupy(end);
        self.emit_blocked(end - self.time());
        self.pass(end);
    }

    /// Holds the loop until `done`, at most until `deadline`. Returns whether that comes at all:
    /// without a deadline it may be that nothing is left to happen.
    pub fn block_until(&self, done: impl Fn() -> bool, deadline: Option<f64>) -> bool {
        while !done() {
            let next = self.external.next();
            let external = next.filter(|when| deadline.is_none_or(|deadline| *when <= deadline));
            let Some(when) = external.or(deadline) else { return false };
            if when > self.time() {
                self.emit_blocked(when - self.time());
            }
            if external.is_none() {
                self.pass(when);
                break;
            }
            self.happen(when);
        }
        self.catch_up();
        true
    }

    /// Blocks the loop for ever: from now on the executor is idle.
    pub fn block_forever(&self) {
        self.external.blocked_forever.set(true);
    }

    /// Whether the next iteration begins at once: something is ready, and nothing comes before it.
    pub(super) fn goes_straight_on(&self) -> bool {
        let external = &self.external;
        let straight = !self.ready.borrow().is_empty()
            && external.events.borrow().is_empty()
            && external.granted.get().is_none()
            && !external.dozing.get()
            && self.occupied_until() <= self.time()
            && self.poll.borrow().is_none();
        if straight {
            external.interrupted.set(false);
        }
        straight
    }

    /// Waits for the next iteration, as `select` does in CPython's loop: one external event at a time.
    /// `None` when the iteration may begin.
    pub(super) fn select(&self) -> Option<Progress> {
        let external = &self.external;
        loop {
            let granted = external.granted.get();
            let scheduled = !self.ready.borrow().is_empty() && !external.dozing.get();
            let ready = scheduled || self.poll(false);
            let asleep = granted.is_none() && !ready;
            let until = if asleep {
                let timer = self.timers.borrow_mut().next_deadline();
                timer.filter(|when| when.is_finite()).map(|when| when.max(self.time()))
            } else {
                Some(granted.unwrap_or(self.time()))
            };
            if let Some(when) = external.next()
                && until.is_none_or(|until| when <= until)
            {
                return Some(self.wait_until(when).unwrap_or_else(|| {
                    self.happen(when);
                    let ready = !self.ready.borrow().is_empty();
                    external.dozing.set(asleep && ready && !external.interrupted.get());
                    Progress::Ran
                }));
            }
            let Some(until) = until else { return Some(Progress::Idle) };
            if asleep && let Some(wait) = self.wait_until(until) {
                return Some(wait);
            }
            self.set_time(until);
            if granted.is_some() || self.occupied_until() <= until {
                break;
            }
            external.granted.set(Some(self.occupied_until()));
        }
        external.granted.set(None);
        external.dozing.set(false);
        external.interrupted.set(false);
        None
    }

    /// Lets the next external event happen, for a loop that will begin no iteration any more.
    pub fn step_external(&self) -> Progress {
        let Some(when) = self.external.next() else { return Progress::Idle };
        self.wait_until(when).unwrap_or_else(|| {
            self.happen(when);
            Progress::Ran
        })
    }

    fn wait_until(&self, when: f64) -> Option<Progress> {
        self.clock.wait_until(when.max(self.time())).map(Progress::Wait)
    }

    /// Before a handle goes on that has held the loop: what is due happens, and nothing else occupies it.
    fn catch_up(&self) {
        self.pass(self.time());
        self.pass(self.time().max(self.occupied_until()));
    }

    /// Moves time to `end`; the external events due by then happen at their times.
    fn pass(&self, end: f64) {
        while let Some(when) = self.external.next()
            && when <= end
        {
            self.happen(when);
        }
        self.set_time(end.max(self.time()));
    }

    /// Lets the next external event happen, whose time is `when`.
    fn happen(&self, when: f64) {
        self.external.happened.set(self.happened() + 1);
        self.set_time(when.max(self.time()));
        let event = self.external.events.borrow_mut().pop();
        if let Some(event) = event {
            self.run_external(|| event.run());
        }
    }

    fn emit_blocked(&self, seconds: f64) {
        self.emit(|| EventKind::Blocked { task: self.running_shown(), seconds });
    }
}
