//! Where parts that the loop does not know keep what they have of it.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// What threads, generators and the network keep with an event loop or a program: at most one value of
/// a type. So it is they that name the loop, and not the loop that names them.
#[derive(Default)]
pub(crate) struct Annexes(RefCell<Vec<Rc<dyn Any>>>);

impl Annexes {
    /// The value of this type, made when it is first asked for.
    pub(crate) fn get<T: Default + 'static>(&self) -> Rc<T> {
        self.get_or_init(Rc::default)
    }

    /// The same, made by `make`, which may ask for others.
    pub(crate) fn get_or_init<T: 'static>(&self, make: impl FnOnce() -> Rc<T>) -> Rc<T> {
        let found = self.0.borrow().iter().find_map(|annex| annex.clone().downcast().ok());
        found.unwrap_or_else(|| {
            let made = make();
            self.0.borrow_mut().push(made.clone());
            made
        })
    }
}
