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
use trace::{Actor, Caller, HandleId, Name, TaskId, Wait};

/// What a task runs, step by step.
pub trait Body {
    /// What the executor keeps with it; always the same place.
    fn slot(&self) -> &Slot;

    /// The next step; ready when that was the last.
    fn step(self: Rc<Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// The task's name.
    fn name(&self) -> Name;

    /// Frees what it would still have run: the task never goes on.
    fn free(&self);

    /// The same body as what the layer above makes of it, for that layer to find it again.
    fn as_any(self: Rc<Self>) -> Box<dyn Any>;
}

/// What a task waits for and where, as it said so itself.
pub(super) type Waiting = (Wait, Option<Caller>);

/// What the executor keeps of a task within its body, so that a task needs no second place.
#[derive(Default)]
pub struct Slot {
    pub(super) id: Cell<TaskId>,
    /// Its number among all tasks, those too that the trace does not show.
    pub(super) number: Cell<u32>,
    /// A task is in the ready queue at most once.
    pub(super) queued: Cell<bool>,
    /// Whether a step of it is running.
    pub(super) stepping: Cell<bool>,
    /// Whether it goes on no more.
    pub(super) ended: Cell<bool>,
    /// Whether it was freed while a step of it was running.
    pub(super) freed: Cell<bool>,
    /// Who woke it while it was stepped: it is ready again after that step.
    pub(super) again: Cell<Option<Actor>>,
    /// Of its own, when somebody has kept it.
    pub(super) waker: Cell<Option<Box<OwnWaker>>>,
    pub(super) wait: Cell<Option<Waiting>>,
    /// What the trace calls the step that is ready, of a task that it does not show.
    pub(super) handle: Cell<HandleId>,
}

impl Slot {
    /// The number by which the executor knows the task, once it was added.
    pub fn id(&self) -> TaskId {
        self.id.get()
    }

    /// Says what the task waits for, and the line that awaits, in its own step: [`Core::waits_for`].
    pub fn waits_for(&self, wait: Wait, at: Option<Caller>) {
        self.wait.set(Some((wait, at)));
    }

    /// What it said that it waits for.
    pub(super) fn waiting(&self) -> Option<Waiting> {
        let waiting = self.wait.take();
        self.wait.set(waiting.clone());
        waiting
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
