//! The executor by itself: no asyncio, no page.

mod clocks;
mod external;
mod foreign;
mod freeing;
mod iterations;

use super::*;
use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::rc::Rc;

/// What happened, with the loop time of each.
#[derive(Clone)]
struct Log {
    core: Rc<Core>,
    seen: Rc<RefCell<Vec<String>>>,
}

impl Log {
    fn of(executor: &Executor) -> Self {
        Log { core: executor.core(), seen: Rc::default() }
    }

    fn say(&self, what: impl Display) {
        self.seen.borrow_mut().push(format!("{:?} {what}", self.core.time()));
    }

    /// A callback that says one thing.
    fn saying(&self, what: &'static str) -> impl FnOnce() + use<> {
        let log = self.clone();
        move || log.say(what)
    }

    fn take(&self) -> Vec<String> {
        self.seen.take()
    }
}

/// A real clock moved by hand.
fn manual_clock(speed: f64) -> (Rc<Cell<f64>>, PacedClock) {
    let real = Rc::new(Cell::new(1000.0));
    let source = real.clone();
    (real, PacedClock::new(move || source.get(), speed))
}

/// Runs handles until the executor waits or is idle.
fn settle(executor: &Executor) -> Progress {
    loop {
        match executor.step() {
            Progress::Ran => {}
            other => return other,
        }
    }
}
