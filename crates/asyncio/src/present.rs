//! Whose turn it is: several runs may take theirs by turns, on one thread.

use crate::base_events::EventLoop;
use crate::contextvars::{Context, Lazy};
use crate::events;
use crate::program::Program;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

/// A program with what is its own of the thread's state while it has its turn: which loop is running,
/// and in which context.
pub(crate) struct Present {
    program: Rc<Program>,
    running_loop: RefCell<Option<Rc<EventLoop>>>,
    context: RefCell<Option<Lazy>>,
}

impl Present {
    pub(crate) fn new(program: Rc<Program>) -> Rc<Self> {
        let context = RefCell::new(Some(Some(Context::default())));
        Rc::new(Present { program, running_loop: RefCell::default(), context })
    }

    /// Runs `body` as part of the program.
    pub(crate) fn enter<R>(&self, body: impl FnOnce() -> R) -> R {
        /// Gives the turn back, also when the body panics.
        struct Leave<'a>(&'a Present);
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                self.0.swap();
            }
        }
        self.swap();
        let _leave = Leave(self);
        self.program.enter(body)
    }

    /// Exchanges the thread's state for what is kept here.
    fn swap(&self) {
        let running_loop = events::swap_running_loop(self.running_loop.take());
        *self.running_loop.borrow_mut() = running_loop;
        let context = Context::swap(self.context.take());
        *self.context.borrow_mut() = context;
    }

    /// From now on no loop is running, whenever it has its turn.
    pub(crate) fn forget_running_loop(&self) {
        let running_loop = self.running_loop.take();
        drop(running_loop); // after the borrow has ended
    }
}

impl Deref for Present {
    type Target = Rc<Program>;

    fn deref(&self) -> &Rc<Program> {
        &self.program
    }
}
