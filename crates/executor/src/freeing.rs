//! What a handle holds beyond its end.
//!
//! A handle of CPython's loop holds what it ran with until the loop has looked at how long it took: the
//! task that has ended, the future that woke it, the future that a callback was given. The executor has
//! one place for that, [`Held`], and lets go of it before the next handle, or when it is told to.

use super::Body;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// What the handle that runs, or ran last, keeps alive; in the order in which it is freed.
#[derive(Default)]
pub struct Held(RefCell<Vec<Kept>>);

enum Kept {
    Object { _object: Rc<dyn Any> },
    Body { _body: Box<dyn Body> },
}

impl Held {
    /// Keeps something until [`Held::let_go`].
    pub fn keep(&self, object: Rc<dyn Any>) {
        self.0.borrow_mut().push(Kept::Object { _object: object });
    }

    pub(super) fn keep_body(&self, body: Box<dyn Body>) {
        self.0.borrow_mut().push(Kept::Body { _body: body });
    }

    /// Frees what is held. It happens before the next handle at the latest.
    pub fn let_go(&self) {
        if self.0.borrow().is_empty() {
            return;
        }
        // Out of the cell: what it frees may come back here.
        let mut held = self.0.take();
        held.drain(..).for_each(drop);
        let mut place = self.0.borrow_mut();
        if place.is_empty() {
            *place = held;
        }
    }
}
