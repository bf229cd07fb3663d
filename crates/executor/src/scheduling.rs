//! Callbacks: scheduled, and set to a time.

use super::core::Ready;
use super::{Callback, Core, Handle, Scheduled};
use std::rc::Rc;
use trace::{Actor, EventKind, HandleKind};

impl Core {
    /// Makes a callback that is not scheduled yet; see [`Core::schedule`].
    pub fn handle(&self, callback: impl FnOnce() + 'static) -> Handle {
        self.known(self.make(HandleKind::Internal, callback))
    }

    /// The same for a callback that keeps more than the executor needs to call it: the handle frees that, and
    /// the executor the handle before the next one runs.
    pub fn handle_of<C: Callback + 'static>(&self, kind: HandleKind, callback: C) -> Handle {
        let handle = Handle::from(Scheduled::new(kind, callback, self.trace.clone()));
        if self.closed.get() {
            handle.cancel();
        }
        self.known(handle)
    }

    /// One that nothing here has until it is scheduled.
    fn known(&self, handle: Handle) -> Handle {
        if !handle.cancelled() {
            self.registry.add(&handle);
        }
        handle
    }

    /// One that the ready queue or the heap of timers will have.
    fn make(&self, kind: HandleKind, callback: impl FnOnce() + 'static) -> Handle {
        let handle = Handle::new(kind, callback, self.trace.clone());
        if self.closed.get() {
            handle.cancel();
        }
        handle
    }

    /// Puts a callback at the end of the ready queue, on account of what is running now.
    pub fn schedule(&self, handle: Handle) {
        let (slot, by) = (handle.slot(), self.source.get());
        slot.source.set(by);
        // What was woken before must come before.
        self.collect_woken();
        if self.trace.is_on() && !handle.cancelled() {
            slot.id.set(self.next_handle());
            slot.scheduled.set(true);
            let (handle, kind) = (slot.id.get(), slot.kind.get());
            self.emit(|| EventKind::HandleScheduled { handle, kind, by });
        }
        self.push(Ready::Call(handle));
    }

    pub(super) fn push(&self, ready: Ready) {
        if !self.closed.get() {
            self.ready.borrow_mut().push_back(ready);
        }
    }

    /// Calls `callback` in the next iteration.
    pub fn call_soon(&self, callback: impl FnOnce() + 'static) -> Handle {
        self.call_soon_as(HandleKind::Internal, callback)
    }

    /// The same, known to the trace as a callback of this kind.
    pub fn call_soon_as(&self, kind: HandleKind, callback: impl FnOnce() + 'static) -> Handle {
        let handle = self.make(kind, callback);
        self.schedule(handle.clone());
        handle
    }

    /// Calls `callback` once loop time is `when`, in seconds.
    pub fn call_at(&self, when: f64, callback: impl FnOnce() + 'static) -> Handle {
        self.call_at_as(HandleKind::Internal, when, callback)
    }

    /// The same, known to the trace as a callback of this kind.
    pub fn call_at_as(
        &self,
        kind: HandleKind,
        when: f64,
        callback: impl FnOnce() + 'static,
    ) -> Handle {
        let handle = self.make(kind, callback);
        self.set_timer(when, &handle);
        handle
    }

    /// The same for what keeps more than the executor needs to call it. It is part of the timer, and stays
    /// that as long as somebody has either.
    pub fn timer_at<C: Callback + 'static>(
        &self,
        kind: HandleKind,
        when: f64,
        callback: C,
    ) -> Rc<Scheduled<C>> {
        let timer = Scheduled::new(kind, callback, self.trace.clone());
        self.set_timer(when, &Handle::from(timer.clone()));
        timer
    }

    fn set_timer(&self, when: f64, handle: &Handle) {
        if self.closed.get() {
            return handle.cancel();
        }
        let slot = handle.slot();
        if self.trace.is_on() {
            slot.id.set(self.next_handle());
            slot.scheduled.set(true);
            let (handle, kind, by) = (slot.id.get(), slot.kind.get(), self.source.get());
            self.emit(|| EventKind::TimerSet { handle, kind, by, due: when });
        }
        slot.source.set(Actor::Timer(slot.id.get()));
        self.timers.borrow_mut().push(when, handle.clone());
    }

    /// Calls `callback` after `delay` seconds of loop time.
    pub fn call_later(&self, delay: f64, callback: impl FnOnce() + 'static) -> Handle {
        self.call_at(self.time() + delay, callback)
    }
}
