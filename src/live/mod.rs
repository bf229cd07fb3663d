//! An example running on the page's timers.

mod driver;

use asyncio::{RunError, Status};
pub use driver::{Driver, Next, drive, page_clock, page_seconds};
use examples::{Args, Example};
use executor::PacedClock;
use run::begin;
use std::cell::RefCell;
use std::mem::discriminant;
use std::rc::Rc;
use timeline::Shared;
use trace::{Event, EventKind, Trace};

/// A run on the page's timers. Dropping it ends the run and frees everything it holds.
pub struct LiveRun {
    clock: PacedClock,
    trace: Trace,
    timeline: RefCell<Shared>,
    state: Rc<RefCell<LiveState>>,
    driver: Driver,
}

/// How far a live run is.
#[derive(Clone, Debug)]
pub enum LiveState {
    /// It goes on; a paused one too.
    Going,
    /// It has ended.
    Ended {
        /// Loop time at the end, in seconds.
        end: f64,
        /// How it came to a bad end, if it did.
        error: Option<RunError>,
    },
}

impl LiveRun {
    /// Starts an example at `speed` loop seconds per second, and calls `ended` when it has ended. What happens before
    /// loop time `from` (seconds) happens at once.
    pub fn start(
        example: &Example,
        args: &Args,
        from: f64,
        speed: f64,
        ended: impl FnOnce() + 'static,
    ) -> Self {
        let clock = page_clock(from, speed);
        let trace = Trace::on();
        let mut run = begin(example, args, crate::BUDGET, clock.clone(), trace.clone());
        let state = Rc::new(RefCell::new(LiveState::Going));
        let shared = state.clone();
        let mut ended = Some(ended);
        let driver = drive(move || match run.step() {
            Status::Ran => Next::Again,
            Status::Wait(seconds) => Next::After(seconds),
            Status::Ended => {
                let error = run.result().and_then(Result::err);
                *shared.borrow_mut() = LiveState::Ended { end: run.time(), error };
                if let Some(ended) = ended.take() {
                    ended();
                }
                Next::Stop
            }
        });
        LiveRun { clock, trace, timeline: RefCell::default(), state, driver }
    }

    /// Stops time.
    pub fn pause(&self) {
        self.clock.pause();
        self.driver.nudge();
    }

    /// Lets time go on.
    pub fn resume(&self) {
        self.clock.resume();
        self.driver.nudge();
    }

    /// Changes the speed from now on.
    pub fn set_speed(&self, speed: f64) {
        self.clock.set_speed(speed);
        self.driver.nudge();
    }

    /// Whether it is paused.
    pub fn is_paused(&self) -> bool {
        self.clock.is_paused()
    }

    /// How far it is.
    pub fn state(&self) -> LiveState {
        self.state.borrow().clone()
    }

    /// Loop time that the clock has come to, in seconds; the end once it has ended.
    pub fn time(&self) -> f64 {
        match *self.state.borrow() {
            LiveState::Going => self.clock.reached(),
            LiveState::Ended { end, .. } => end,
        }
    }

    /// What has happened so far. Each event is folded once, when it is first asked for.
    pub fn timeline(&self) -> Shared {
        let now = self.time();
        let mut timeline = self.timeline.borrow_mut();
        let fresh = self.trace.since(timeline.taken());
        timeline.follow_on(&fresh, now);
        timeline.clone()
    }

    /// The greatest drift of a step, in real seconds, as far as the timeline was last asked for: how late
    /// the browser's timers were.
    pub fn lateness(&self) -> f64 {
        self.timeline.borrow().look().lateness
    }

    /// Whether it has happened in the order and at the loop times of these events, however late.
    pub fn is_as(&self, predicted: &[Event]) -> bool {
        let events = self.trace.since(0);
        let stepping = |event: &Event| match event.kind {
            EventKind::StepBegan { task, .. } => Some(task),
            _ => None,
        };
        let same = |(one, other): (&Event, &Event)| {
            one.time.to_bits() == other.time.to_bits()
                && discriminant(&one.kind) == discriminant(&other.kind)
                && stepping(one) == stepping(other)
        };
        events.len() == predicted.len() && events.iter().zip(predicted).all(same)
    }

    /// The record of the run.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }
}
