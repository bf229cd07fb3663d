//! Values that are freed with the run.

use executor::{Core, Handle};
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// A value that may lead back to whoever holds this. It is freed at the end of the run, for the
/// executor has it in a handle that never runs.
pub(super) struct Kept<T> {
    value: Weak<RefCell<Option<T>>>,
    _handle: Handle,
}

impl<T: 'static> Kept<T> {
    pub(super) fn new(core: &Core, value: T) -> Self {
        let kept = Rc::new(RefCell::new(Some(value)));
        let value = Rc::downgrade(&kept);
        Kept { value, _handle: core.handle(move || drop(kept)) }
    }

    pub(super) fn take(&self) -> Option<T> {
        self.value.upgrade()?.take()
    }

    pub(super) fn get(&self) -> Option<T>
    where
        T: Clone,
    {
        self.value.upgrade()?.borrow().clone()
    }
}
