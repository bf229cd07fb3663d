//! A task that waits for an item or for a place.

use super::queue::{Queue, QueueState};
use crate::exceptions::Result;
use crate::futures::Future;
use crate::locks::Waiters;
use trace::{Caller, Op, Wait};

/// What it waits for.
#[derive(Clone, Copy)]
pub(super) enum Side {
    /// An item, in `get`.
    Get,
    /// A place, in `put`.
    Put,
}

impl<T: 'static> Queue<T> {
    /// Waits until an item or a place may have come, which somebody else may have taken meanwhile.
    pub(super) async fn wait_in(&self, side: Side, at: Caller) -> Result {
        let waiter = self.waiters(side).join(&self.0.bound, || self.repr())?;
        let mut waiting = Waiting { queue: self, side, waiter, woken: false };
        let op = match side {
            Side::Get => Op::Get,
            Side::Put => Op::Put,
        };
        waiting.waiter.wait_as(Wait::Resource { id: self.0.id, op }, at).await?;
        waiting.woken = true;
        Ok(())
    }

    /// Its `repr()`, without its address and what stands in it.
    fn repr(&self) -> String {
        let QueueState { maxsize, getters, putters, unfinished, shut_down, items, .. } = &*self.0;
        let mut repr = format!("<{} maxsize={maxsize}", items.class());
        for (name, line) in [("getters", getters), ("putters", putters)] {
            if line.len() > 0 {
                repr += &format!(" _{name}[{}]", line.len());
            }
        }
        if unfinished.get() > 0 {
            repr += &format!(" tasks={}", unfinished.get());
        }
        repr + if shut_down.get() { " shutdown>" } else { ">" }
    }

    fn waiters(&self, side: Side) -> &Waiters {
        match side {
            Side::Get => &self.0.getters,
            Side::Put => &self.0.putters,
        }
    }
}

/// The `except` block of `get` and `put`.
struct Waiting<'a, T: 'static> {
    queue: &'a Queue<T>,
    side: Side,
    waiter: Future<()>,
    woken: bool,
}

impl<T: 'static> Drop for Waiting<'_, T> {
    fn drop(&mut self) {
        if self.woken {
            return;
        }
        self.waiter.cancel();
        let waiters = self.queue.waiters(self.side);
        waiters.leave(&self.waiter);
        let possible = match self.side {
            Side::Get => !self.queue.empty(),
            Side::Put => !self.queue.full(),
        };
        if possible && !self.waiter.cancelled() {
            // Woken, but cancelled before it could act: the next in line may.
            waiters.release_next();
        }
    }
}
