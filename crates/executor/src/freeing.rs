//! What a handle holds beyond its end.
//!
//! A handle of CPython's loop holds what it ran with until the loop has looked at how long it took: the
//! task that has ended, the future that woke it, the future that a callback was given. The executor has
//! one place for that, [`Held`], and lets go of it before the next handle, or when it is told to.
//! The handle itself comes last: with it goes what its callback is part of.

use super::Handle;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What the handle that runs, or ran last, keeps alive; in the order in which it is freed.
#[derive(Default)]
pub struct Held {
    /// Nearly always it is one at most.
    first: Cell<Option<Rc<dyn Any>>>,
    /// Nothing where there is no first.
    more: RefCell<Vec<Rc<dyn Any>>>,
    /// The handle, if it is no task's step.
    handle: Cell<Option<Handle>>,
}

impl Held {
    /// Keeps something until [`Held::let_go`].
    #[inline]
    pub fn keep(&self, object: Rc<dyn Any>) {
        match self.first.take() {
            None => self.first.set(Some(object)),
            first => {
                self.first.set(first);
                self.more.borrow_mut().push(object);
            }
        }
    }

    /// Keeps the handle that has run.
    #[inline]
    pub(super) fn keep_handle(&self, handle: Handle) {
        drop(self.handle.replace(Some(handle)));
    }

    /// Hands what is held over to somebody who holds it for longer.
    pub fn take(&self) -> Held {
        let (first, handle) = (self.first.take().into(), self.handle.take().into());
        Held { first, more: self.more.take().into(), handle }
    }

    /// Frees what is held. It happens before the next handle at the latest.
    #[inline]
    pub fn let_go(&self) {
        // Out of the cells: what it frees may come back here.
        if let Some(first) = self.first.take() {
            if self.more.borrow().is_empty() { drop(first) } else { self.let_go_of_all(first) }
        }
        drop(self.handle.take());
    }

    #[cold]
    fn let_go_of_all(&self, first: Rc<dyn Any>) {
        let mut more = self.more.take();
        drop(first);
        more.drain(..).for_each(drop);
        let mut place = self.more.borrow_mut();
        if place.is_empty() {
            *place = more; // its room is used again
        }
    }
}
