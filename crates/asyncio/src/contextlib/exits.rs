//! What stacks of exits have in common: exits done the last first, each told what the one before has raised.

use crate::events::goes_in_a_circle;
use crate::exceptions::{Contexts, Error, Result, being_handled};
use std::cell::RefCell;
use std::rc::Rc;

/// A function that is told what was raised.
pub(super) type Leaving<T> = Box<dyn FnOnce(Option<&Error>) -> T>;

/// The exits of a stack. Clones are the same; so are those that are equal.
pub(super) struct Exits<E>(Rc<RefCell<Vec<E>>>);

impl<E> Exits<E> {
    pub(super) fn push(&self, exit: E) {
        self.0.borrow_mut().push(exit);
    }

    /// The one that came last.
    pub(super) fn pop(&self) -> Option<E> {
        self.0.borrow_mut().pop()
    }

    /// All of them, for another stack.
    pub(super) fn pop_all(&self) -> Self {
        Exits(Rc::new(RefCell::new(self.0.take())))
    }
}

impl<E> Clone for Exits<E> {
    fn clone(&self) -> Self {
        Exits(self.0.clone())
    }
}

impl<E> Default for Exits<E> {
    fn default() -> Self {
        Exits(Rc::default())
    }
}

impl<E> PartialEq for Exits<E> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A stack whose exits are being done: `__exit__` of `Lib/contextlib.py`.
pub(super) struct Unwinding {
    was_raised: bool,
    /// What is being handled around all of them.
    outside: Option<Error>,
    error: Option<Error>,
    suppressed: bool,
    raises: bool,
}

impl Unwinding {
    /// Begins with what the body has raised.
    pub(super) fn new(received: Option<&Error>) -> Self {
        let (was_raised, error) = (received.is_some(), received.cloned());
        let outside = being_handled();
        Unwinding { was_raised, outside, error, suppressed: false, raises: false }
    }

    /// What the next exit is told.
    pub(super) fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// Takes note of how an exit has ended. Says no where CPython would go round for ever: the run ends there.
    pub(super) fn goes_on(&mut self, ended: Result<bool>) -> bool {
        match ended {
            Ok(false) => {}
            Ok(true) => (self.error, self.suppressed, self.raises) = (None, true, false),
            Err(raised) => {
                let ends = come_after(&raised, self.error.as_ref(), self.outside.as_ref());
                if !ends {
                    goes_in_a_circle();
                }
                (self.error, self.raises) = (Some(raised), true);
                return ends;
            }
        }
        true
    }

    /// What leaving comes to: whether what the body has raised goes no further.
    pub(super) fn end(self) -> Result<bool> {
        match self.error {
            Some(error) if self.raises => Err(error),
            _ => Ok(self.was_raised && self.suppressed),
        }
    }
}

/// `_fix_exception_context`: `raised` came of `earlier`, as if its exit stood around the one before; `outside`
/// is what is being handled around all of them. Says whether it got to an end: CPython goes round for ever
/// where what an exception came of is a circle.
fn come_after(raised: &Error, earlier: Option<&Error>, outside: Option<&Error>) -> bool {
    let mut chain = Contexts::of(raised);
    for (at, context) in chain.by_ref() {
        let is = |other: Option<&Error>| other.is_some_and(|other| context.is_same(other));
        if is(earlier) {
            return true;
        }
        if is(outside) {
            at.set_context(earlier.cloned());
            return true;
        }
    }
    !chain.is_circle()
}
