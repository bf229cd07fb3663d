//! Tasks that stand in line for something.

use crate::exceptions::Result;
use crate::futures::{Future, Role};
use crate::mixins::LoopBound;
use std::cell::RefCell;
use std::collections::VecDeque;

/// Takes one out of a line. It is looked for from both ends: crowds leave in their order or against it.
pub(crate) fn take_out<T>(line: &mut VecDeque<T>, is_it: impl Fn(&T) -> bool) {
    let mut places = (0..line.len().div_ceil(2)).flat_map(|n| [n, line.len() - 1 - n]);
    if let Some(place) = places.find(|place| line.get(*place).is_some_and(&is_it)) {
        line.remove(place);
    }
}

/// The `repr()` of a lock and the like, without its address.
pub(super) fn repr_of(class: &str, state: &str, waiters: usize) -> String {
    let line = if waiters == 0 { String::new() } else { format!(", waiters:{waiters}") };
    format!("<asyncio.locks.{class} object [{state}{line}]>")
}

/// The futures that waiting tasks await, in the order in which they came: the `_waiters` of
/// asyncio's objects.
#[derive(Default)]
pub(crate) struct Waiters(RefCell<VecDeque<Future<()>>>);

impl Waiters {
    /// Gets in line for an object, whose `repr()` is this.
    ///
    /// # Errors
    /// `RuntimeError` where that belongs to another loop.
    pub(crate) fn join(
        &self,
        bound: &LoopBound,
        repr: impl FnOnce() -> String,
    ) -> Result<Future<()>> {
        let waiter = self.waiter(bound, repr)?;
        self.join_as(&waiter);
        Ok(waiter)
    }

    /// A future to get in line with.
    ///
    /// # Errors
    /// As `join`.
    pub(crate) fn waiter(
        &self,
        bound: &LoopBound,
        repr: impl FnOnce() -> String,
    ) -> Result<Future<()>> {
        Ok(Future::new(bound.get_loop(repr)?.clone(), Role::Plain))
    }

    /// Gets in line with it.
    pub(crate) fn join_as(&self, waiter: &Future<()>) {
        self.0.borrow_mut().push_back(waiter.clone());
    }

    /// How many are in line.
    pub(crate) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// The `repr()` of the object of this class that they wait for, without its address.
    pub(crate) fn repr_of(&self, class: &str, state: &str) -> String {
        repr_of(class, state, self.len())
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
