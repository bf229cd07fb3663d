//! What a task runs, and what the executor knows of it.

#[cfg(doc)]
use super::Core;
use super::waker::OwnWaker;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use trace::{Actor, Caller, Name, TaskId, Wait};

/// What a task runs, step by step.
pub trait Body: Any {
    /// What the executor keeps with it; always the same place.
    fn slot(&self) -> &Slot;

    /// The next step; ready when that was the last.
    fn step(self: Rc<Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// The task's name.
    fn name(&self) -> Name;

    /// Frees what it would still have run: the task never goes on.
    fn free(&self);

    /// Lets go of all else that it waits for, when the run is dropped and it was freed.
    fn let_go(&self) {}

    /// The same body as what the layer above makes of it, for that layer to find it again.
    fn as_any(self: Rc<Self>) -> Box<dyn Any>;
}

/// What a task waits for and where, as it said so itself.
pub(super) type Waiting = (Wait, Option<Caller>);

/// What the executor keeps of a task within its body, so that a task needs no second place.
#[derive(Default)]
pub struct Slot {
    pub(super) id: Cell<TaskId>,
    /// Who woke it while it was stepped: it is ready again after that step.
    pub(super) again: Cell<Actor>,
    pub(super) wait: Cell<Option<Waiting>>,
    /// Of its own, when somebody has kept it.
    pub(super) waker: Cell<Option<Box<OwnWaker>>>,
    /// [`QUEUED`] and the like.
    flags: Cell<u8>,
}

/// It is in the ready queue, where a task is at most once.
pub(super) const QUEUED: u8 = 1;
/// A step of it is running.
pub(super) const STEPPING: u8 = 2;
/// It goes on no more.
pub(super) const ENDED: u8 = 4;
/// It was freed while a step of it was running.
pub(super) const FREED: u8 = 8;
/// It has a waker of its own.
pub(super) const OWN_WAKER: u8 = 16;
/// It has said what it waits for since its step began.
pub(super) const WAITS: u8 = 32;
/// It was woken while it was stepped.
pub(super) const AGAIN: u8 = 64;

impl Slot {
    /// The number by which the executor knows the task, once it was added.
    pub fn id(&self) -> TaskId {
        self.id.get()
    }

    /// Whether it only waits: nothing here is about to step it, and no waker of its own was kept by anybody.
    pub fn is_idle(&self) -> bool {
        !self.is(QUEUED | STEPPING | ENDED | OWN_WAKER)
    }

    /// Says what the task waits for, and the line that awaits, in its own step: [`Core::waits_for`].
    #[inline]
    pub fn waits_for(&self, wait: Wait, at: Option<Caller>) {
        self.set(WAITS);
        self.wait.set(Some((wait, at)));
    }

    /// What it said that it waits for.
    pub(super) fn waiting(&self) -> Option<Waiting> {
        if !self.is(WAITS) {
            return None;
        }
        let waiting = self.wait.take();
        self.wait.set(waiting.clone());
        waiting
    }

    /// Whether one of these is so.
    #[inline]
    pub(super) fn is(&self, any: u8) -> bool {
        self.flags.get() & any != 0
    }

    #[inline]
    pub(super) fn set(&self, flags: u8) {
        self.change(flags, 0);
    }

    /// Sets some, and clears others.
    #[inline]
    pub(super) fn change(&self, set: u8, clear: u8) {
        self.flags.set(self.flags.get() & !clear | set);
    }
}

/// A future with a name.
pub(super) struct Named {
    slot: Slot,
    name: Rc<str>,
    future: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>,
}

impl Named {
    pub(super) fn new(name: &str, future: impl Future<Output = ()> + 'static) -> Rc<Self> {
        let future = RefCell::new(Some(Box::pin(future) as Pin<Box<dyn Future<Output = ()>>>));
        Rc::new(Named { slot: Slot::default(), name: name.into(), future })
    }
}

impl Body for Named {
    fn slot(&self) -> &Slot {
        &self.slot
    }

    fn step(self: Rc<Self>, cx: &mut Context<'_>) -> Poll<()> {
        match &mut *self.future.borrow_mut() {
            Some(future) => future.as_mut().poll(cx),
            None => Poll::Pending,
        }
    }

    fn name(&self) -> Name {
        Name::Given(self.name.clone())
    }

    fn free(&self) {
        let future = self.future.take();
        drop(future); // after the borrow has ended: what it frees may come back here
    }

    fn as_any(self: Rc<Self>) -> Box<dyn Any> {
        Box::new(self)
    }
}
