//! Who is freed when, as CPython does it.
//!
//! What is freed is told: an exception that nobody looked at, a coroutine that nobody awaited, a pending task.
//! So it has to be freed when CPython frees it. There objects are counted, and here too; the rules are these.
//!
//! 1. *Who holds what* is CPython's: a suspended task holds the future that it awaits, a future its callbacks, a
//!    group its tasks, a loop what is ready and its timers. The one difference: a loop there holds its tasks
//!    weakly, the executor holds the pending ones. So a pending task that nobody else holds is freed at the
//!    end, or where the program collects its garbage ([`collect_garbage`](crate::collect_garbage)), and not by
//!    a collection that comes by itself.
//! 2. *A handle holds what it ran with* until the loop has looked at it, which is before the next handle
//!    ([`executor::Held`]): the task that has ended, the future that woke it, the one that a callback was given.
//! 3. *A frame is gone before its result is looked at*: a coroutine that has ended is freed first. What is no
//!    plain coroutine may keep something beyond its end, as long as its task is there: [`Beyond`].
//! 4. *A list frees its last first*: [`LastFirst`].
//! 5. *At the end of a program* pending tasks are told of, then freed in the order of creation, then what is
//!    ready and the timers; then the last collection of garbage finds what holds itself: [`Garbage`].
//! 6. *What is freed may come back*: it is taken out of its cell, and dropped after the borrow has ended.

use executor::{Core, Handle};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use trace::{EventKind, TaskId};

/// What a Python list holds: it frees the last first.
pub(crate) struct LastFirst<T>(pub(crate) Vec<T>);

impl<T> Drop for LastFirst<T> {
    fn drop(&mut self) {
        while self.0.pop().is_some() {}
    }
}

/// What a coroutine that has ended keeps alive, as long as its task is there.
#[derive(Default)]
pub(crate) struct Beyond(Cell<Option<Rc<dyn Any>>>);

impl Beyond {
    pub(crate) fn keep(&self, object: Rc<dyn Any>) {
        drop(self.0.replace(Some(object)));
    }

    pub(crate) fn take(&self) -> Option<Rc<dyn Any>> {
        self.0.take()
    }
}

/// What may hold itself, so that only a collection of garbage finds it.
pub(crate) trait Collectable {
    /// Lets go of what it keeps beyond its end.
    fn let_go(&self);

    /// Says what there is to say when it is freed.
    fn tell(&self);
}

/// What the last collection of garbage has to look at.
#[derive(Default)]
pub(crate) struct Garbage {
    /// Tasks that keep something beyond their end.
    keeping: RefCell<Vec<Weak<dyn Collectable>>>,
    /// Futures that were completed with an exception.
    failed: RefCell<Vec<Weak<dyn Collectable>>>,
}

impl Garbage {
    /// Notes that something keeps something beyond its end.
    pub(crate) fn keeps(&self, keeper: Weak<dyn Collectable>) {
        push(&self.keeping, keeper);
    }

    /// Notes that a future was completed with an exception.
    pub(crate) fn failed(&self, future: Weak<dyn Collectable>) {
        push(&self.failed, future);
    }

    /// What the last collection finds when all else is freed.
    pub(crate) fn collect(&self) {
        let keeping: Vec<_> = self.keeping.take().iter().filter_map(Weak::upgrade).collect();
        keeping.iter().for_each(|keeper| keeper.let_go());
        drop(keeping);
        let failed = self.failed.take();
        failed.iter().filter_map(Weak::upgrade).for_each(|future| future.tell());
    }
}

/// Adds one, having dropped what is left of freed ones now and then.
fn push<T: ?Sized>(places: &RefCell<Vec<Weak<T>>>, place: Weak<T>) {
    let mut places = places.borrow_mut();
    if places.len() == places.capacity() {
        places.retain(|place| place.strong_count() > 0);
    }
    places.push(place);
}

/// The end of a program: tells of the tasks that are pending, and frees everything.
pub(crate) fn end(core: &Core, pending: &[TaskId], garbage: &Garbage) {
    for task in pending {
        let message = "Task was destroyed but it is pending!";
        core.emit(|| EventKind::logged(None, message, Some(*task), None));
    }
    core.free();
    garbage.collect();
}

/// A value that may lead back to whoever holds this. It is freed at the end of the run, for the
/// executor has it in a handle that never runs.
pub(crate) struct FreedWithRun<T> {
    value: Weak<RefCell<Option<T>>>,
    _handle: Handle,
}

impl<T: 'static> FreedWithRun<T> {
    pub(crate) fn new(core: &Core, value: T) -> Self {
        let kept = Rc::new(RefCell::new(Some(value)));
        let value = Rc::downgrade(&kept);
        FreedWithRun { value, _handle: core.handle(move || drop(kept)) }
    }

    pub(crate) fn take(&self) -> Option<T> {
        self.value.upgrade()?.take()
    }

    /// Does something with the value, unless it was freed.
    pub(crate) fn with<R>(&self, what: impl FnOnce(&T) -> R) -> Option<R> {
        self.value.upgrade()?.borrow().as_ref().map(what)
    }

    pub(crate) fn get(&self) -> Option<T>
    where
        T: Clone,
    {
        self.value.upgrade()?.borrow().clone()
    }
}
