//! What a handle holds beyond its end.
//!
//! A handle of CPython's loop holds what it ran with until the loop has looked at how long it took: the
//! task that has ended, the future that woke it, the future that a callback was given. The executor has
//! one place for that, [`Held`], and lets go of it before the next handle, or when it is told to.

use super::Body;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What the handle that runs, or ran last, keeps alive; in the order in which it is freed.
#[derive(Default)]
pub struct Held {
    any: Cell<bool>,
    kept: RefCell<Vec<Kept>>,
}

enum Kept {
    Object { _object: Rc<dyn Any> },
    Body { _body: Rc<dyn Body> },
}

impl Held {
    /// Keeps something until [`Held::let_go`].
    pub fn keep(&self, object: Rc<dyn Any>) {
        self.push(Kept::Object { _object: object });
    }

    pub(super) fn keep_body(&self, body: Rc<dyn Body>) {
        self.push(Kept::Body { _body: body });
    }

    fn push(&self, kept: Kept) {
        self.any.set(true);
        self.kept.borrow_mut().push(kept);
    }

    /// Hands what is held over to somebody who holds it for longer.
    pub fn take(&self) -> Held {
        Held { any: self.any.take().into(), kept: self.kept.take().into() }
    }

    /// Frees what is held. It happens before the next handle at the latest.
    #[inline]
    pub fn let_go(&self) {
        if self.any.get() {
            self.let_go_of_some();
        }
    }

    fn let_go_of_some(&self) {
        self.any.set(false);
        // Out of the cell: what it frees may come back here.
        let mut held = self.kept.take();
        held.drain(..).for_each(drop);
        let mut place = self.kept.borrow_mut();
        if place.is_empty() {
            *place = held; // its room is used again
        }
    }
}
