//! When loop time may move on.

use std::cell::Cell;
use std::rc::Rc;

/// Says when the loop may serve a deadline. Loop time itself belongs to the executor, so both clocks
/// give the same order and the same loop times; they differ in how long it takes.
pub trait Clock {
    /// `None` when loop time may be `when` (seconds) by now; otherwise the real seconds still to
    /// wait, which are infinite while the clock is paused.
    fn wait_until(&self, when: f64) -> Option<f64>;

    /// Whether there is never anything to wait for.
    fn jumps(&self) -> bool {
        false
    }

    /// Real seconds by which the clock is past loop time `now`: the drift of a handle that runs now.
    fn drift(&self, now: f64) -> f64;
}

/// Time that jumps: every deadline may be served at once.
///
/// ```
/// use executor::{Clock, VirtualClock};
/// assert_eq!(VirtualClock.wait_until(1e9), None);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct VirtualClock;

impl Clock for VirtualClock {
    fn wait_until(&self, _when: f64) -> Option<f64> {
        None
    }

    fn jumps(&self) -> bool {
        true
    }

    fn drift(&self, _now: f64) -> f64 {
        0.0
    }
}

/// A clock that others hold, too: who holds the executor can be counted by it.
impl<C: Clock> Clock for Rc<C> {
    fn wait_until(&self, when: f64) -> Option<f64> {
        (**self).wait_until(when)
    }

    fn jumps(&self) -> bool {
        (**self).jumps()
    }

    fn drift(&self, now: f64) -> f64 {
        (**self).drift(now)
    }
}

/// Loop time in step with a real clock times a speed factor; can pause, resume and change speed in
/// mid-run. The real clock is any monotonic source of seconds, such as the page's.
///
/// ```
/// use executor::{Clock, PacedClock};
/// use std::{cell::Cell, rc::Rc};
/// let real = Rc::new(Cell::new(100.0));
/// let source = real.clone();
/// let clock = PacedClock::new(move || source.get(), 2.0);
/// assert_eq!(clock.wait_until(3.0), Some(1.5)); // 3 s of loop time at double speed
/// real.set(101.5);
/// assert_eq!(clock.wait_until(3.0), None);
/// ```
#[derive(Clone)]
pub struct PacedClock(Rc<Pace>);

struct Pace {
    source: Box<dyn Fn() -> f64>,
    /// Real and loop seconds at the last start, pause, resume or change of speed.
    anchor: Cell<(f64, f64)>,
    speed: Cell<f64>,
    paused: Cell<bool>,
    /// The loop time at which it began.
    start: f64,
}

impl PacedClock {
    /// A clock at loop time 0 that runs `speed` loop seconds per second of `source`. A speed that is
    /// not a positive number counts as 1.
    pub fn new(source: impl Fn() -> f64 + 'static, speed: f64) -> Self {
        PacedClock::starting_at(0.0, source, speed)
    }

    /// The same at loop time `start` (seconds): what is due before is served at once, and counts as in time.
    pub fn starting_at(start: f64, source: impl Fn() -> f64 + 'static, speed: f64) -> Self {
        let now = source();
        PacedClock(Rc::new(Pace {
            source: Box::new(source),
            anchor: Cell::new((now, start)),
            speed: Cell::new(sound_speed(speed)),
            paused: Cell::new(false),
            start,
        }))
    }

    /// The loop time that the real clock has come to, in seconds; the loop itself may be behind.
    pub fn reached(&self) -> f64 {
        let (real, looped) = self.0.anchor.get();
        if self.0.paused.get() {
            looped
        } else {
            looped + ((self.0.source)() - real) * self.0.speed.get()
        }
    }

    /// Stops time.
    pub fn pause(&self) {
        self.settle();
        self.0.paused.set(true);
    }

    /// Lets time go on.
    pub fn resume(&self) {
        self.settle();
        self.0.paused.set(false);
    }

    /// Changes the speed from now on. A speed that is not a positive number counts as 1.
    pub fn set_speed(&self, speed: f64) {
        self.settle();
        self.0.speed.set(sound_speed(speed));
    }

    /// Whether time stands still.
    pub fn is_paused(&self) -> bool {
        self.0.paused.get()
    }

    /// Makes now the anchor, so that what changes next does not change the past.
    fn settle(&self) {
        let looped = self.reached();
        self.0.anchor.set(((self.0.source)(), looped));
    }
}

impl Clock for PacedClock {
    fn wait_until(&self, when: f64) -> Option<f64> {
        if self.0.paused.get() {
            return Some(f64::INFINITY);
        }
        let missing = when - self.reached();
        (missing > 0.0).then(|| missing / self.0.speed.get())
    }

    fn drift(&self, now: f64) -> f64 {
        if now < self.0.start {
            return 0.0;
        }
        ((self.reached() - now) / self.0.speed.get()).max(0.0)
    }
}

fn sound_speed(speed: f64) -> f64 {
    if speed.is_finite() && speed > 0.0 { speed } else { 1.0 }
}
