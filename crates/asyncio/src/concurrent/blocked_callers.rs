//! Those who are blocked until somebody wakes them.

use super::thread::Thread;
use crate::base_events::EventLoop;
use executor::Handle;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use trace::{Caller, Wait};

/// What somebody is blocked for, should it last for ever.
#[derive(Clone)]
pub(super) struct Reason {
    pub(super) cause: Wait,
    pub(super) at: Caller,
}

/// Threads that are blocked on one thing, in the order in which they came. One may be the loop's.
#[derive(Default)]
pub(super) struct BlockedCallers(RefCell<VecDeque<Rc<Waiter>>>);

struct Waiter {
    /// `None` for the loop's own.
    thread: Option<Thread>,
    deadline: Option<Handle>,
    woken: Cell<bool>,
}

impl BlockedCallers {
    /// Blocks whoever calls it, a thread or the loop, until woken or until `deadline`.
    pub(super) async fn wait(
        &self,
        event_loop: &Rc<EventLoop>,
        deadline: Option<f64>,
        reason: Reason,
    ) {
        self.wait_as(event_loop, deadline, reason, VecDeque::push_back).await;
    }

    async fn wait_as(
        &self,
        event_loop: &Rc<EventLoop>,
        deadline: Option<f64>,
        reason: Reason,
        enter: impl FnOnce(&mut VecDeque<Rc<Waiter>>, Rc<Waiter>),
    ) {
        let core = &event_loop.core;
        let thread = event_loop.threads().current();
        let timer = thread.clone().zip(deadline).map(|(thread, when)| {
            // A thread is resumed by its deadline, the loop looks for its own.
            core.call_external_at(when, move || thread.resume())
        });
        let woken = Cell::new(false);
        let waiter = Rc::new(Waiter { thread, deadline: timer, woken });
        enter(&mut self.0.borrow_mut(), waiter.clone());
        if waiter.thread.is_some() {
            Suspend::default().await;
        } else if !core.block_until(|| waiter.woken.get(), deadline) {
            core.block_forever();
            core.waits_for(reason.cause, Some(reason.at));
            std::future::pending::<()>().await;
        }
        self.0.borrow_mut().retain(|other| !Rc::ptr_eq(other, &waiter));
    }

    /// Wakes all: they go on now, but after what else is due.
    pub(super) fn wake_all(&self) {
        while self.wake_first() {}
    }

    /// Wakes the one that has waited longest. Returns whether there was one.
    fn wake_first(&self) -> bool {
        let first = self.0.borrow_mut().pop_front();
        let Some(waiter) = first else { return false };
        waiter.woken.set(true);
        if let Some(deadline) = &waiter.deadline {
            deadline.cancel();
        }
        if let Some(thread) = waiter.thread.clone() {
            thread.resume_soon();
        }
        true
    }
}

/// `threading.Lock`: who is woken may find that another was quicker, and then waits on in front.
#[derive(Default)]
pub(super) struct Lock {
    taken: Cell<bool>,
    waiters: BlockedCallers,
}

impl Lock {
    pub(super) async fn acquire(&self, event_loop: &Rc<EventLoop>, reason: Reason) {
        let mut enter: fn(&mut VecDeque<Rc<Waiter>>, Rc<Waiter>) = VecDeque::push_back;
        while self.taken.get() {
            self.waiters.wait_as(event_loop, None, reason.clone(), enter).await;
            enter = VecDeque::push_front;
        }
        self.taken.set(true);
    }

    pub(super) fn release(&self) {
        self.taken.set(false);
        self.waiters.wake_first();
    }
}

/// Suspends a thread until it is resumed.
#[derive(Default)]
pub(super) struct Suspend(Cell<bool>);

impl Future for Suspend {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<()> {
        if self.0.replace(true) { Poll::Ready(()) } else { Poll::Pending }
    }
}
