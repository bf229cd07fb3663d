//! Tasks that stand in line for something.

use crate::base_events::EventLoop;
use crate::futures::{Future, Role};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// Takes one out of a line. It is looked for from both ends: crowds leave in their order or against it.
pub(crate) fn take_out<T>(line: &mut VecDeque<T>, is_it: impl Fn(&T) -> bool) {
    let mut places = (0..line.len().div_ceil(2)).flat_map(|n| [n, line.len() - 1 - n]);
    if let Some(place) = places.find(|place| line.get(*place).is_some_and(&is_it)) {
        line.remove(place);
    }
}

/// The futures that waiting tasks await, in the order in which they came: the `_waiters` of
/// asyncio's objects.
#[derive(Default)]
pub(crate) struct Waiters(RefCell<VecDeque<Future<()>>>);

impl Waiters {
    /// Gets in line.
    pub(crate) fn join(&self, event_loop: &Rc<EventLoop>) -> Future<()> {
        let waiter: Future<()> = Future::new(event_loop.clone(), Role::Plain);
        self.0.borrow_mut().push_back(waiter.clone());
        waiter
    }

    /// Leaves the line; nothing happens when it is not in it any more.
    pub(crate) fn leave(&self, waiter: &Future<()>) {
        take_out(&mut self.0.borrow_mut(), |other| other == waiter);
    }

    /// Whether nobody is in line who could still act.
    pub(crate) fn all_cancelled(&self) -> bool {
        self.0.borrow().iter().all(Future::cancelled)
    }

    /// Wakes the first in line, if that has not happened: nobody behind it may go first.
    pub(crate) fn wake_first(&self) {
        if let Some(first) = self.0.borrow().front() {
            first.settle(());
        }
    }

    /// Wakes up to `n` of those that have not been woken; they stay in line. `before` is told how
    /// many there are.
    pub(crate) fn wake(&self, n: usize, before: impl FnOnce(usize)) {
        let waiters = self.0.borrow();
        let chosen: Vec<_> = waiters.iter().filter(|waiter| !waiter.done()).take(n).collect();
        before(chosen.len());
        for waiter in chosen {
            waiter.settle(());
        }
    }

    /// Takes the first that has not been woken out of the line, with those before it, and wakes it.
    /// Returns whether there was one.
    pub(crate) fn release_next(&self) -> bool {
        loop {
            let next = self.0.borrow_mut().pop_front();
            match next {
                Some(waiter) if waiter.settle(()) => return true,
                Some(_) => {}
                None => return false,
            }
        }
    }
}
