//! What is around the code that runs: for counting, and for `yield`.

use std::cell::RefCell;
use std::rc::Rc;

use super::generator::Yielding;

/// A place in a running program: what the code runs in, and what that runs in, as far as the task.
pub struct Scope {
    /// Its name among the frames that are counted, if it is one.
    frame: Option<&'static str>,
    /// How the generator whose body it is gives values.
    yielding: Option<Rc<Yielding>>,
    outer: RefCell<Option<Rc<Scope>>>,
}

impl Scope {
    /// A place that nothing is around: the code of a task, a callback …
    pub fn root(frame: &'static str) -> Rc<Self> {
        Self::open(Some(frame))
    }

    /// The place of a coroutine or a generator: what is around it is known when it runs.
    pub fn open(frame: Option<&'static str>) -> Rc<Self> {
        Self::make(frame, None, None)
    }

    /// Says what is around it from now on.
    pub fn within(&self, outer: &Rc<Self>) {
        let earlier = self.outer.replace(Some(outer.clone()));
        drop(earlier);
    }

    /// Says that nothing is around it.
    pub fn nowhere(&self) {
        let earlier = self.outer.take();
        drop(earlier);
    }

    /// A place inside.
    pub fn inside(self: &Rc<Self>, frame: &'static str) -> Rc<Self> {
        Self::make(Some(frame), None, Some(self.clone()))
    }

    /// The body of a generator, in its place.
    pub fn yielding(self: &Rc<Self>, yielding: Rc<Yielding>) -> Rc<Self> {
        Self::make(None, Some(yielding), Some(self.clone()))
    }

    fn make(
        frame: Option<&'static str>,
        yielding: Option<Rc<Yielding>>,
        outer: Option<Rc<Self>>,
    ) -> Rc<Self> {
        Rc::new(Self { frame, yielding, outer: RefCell::new(outer) })
    }

    /// How the nearest generator gives values.
    pub fn giving(&self) -> Option<Rc<Yielding>> {
        self.find(&mut |scope| scope.yielding.clone())
    }

    /// Calls `count` with the name of each frame, from the inside outwards.
    pub fn frames(&self, mut count: impl FnMut(&'static str)) {
        self.find::<()>(&mut |scope| {
            scope.frame.map(&mut count);
            None
        });
    }

    /// How many places are around it.
    pub fn depth(&self) -> usize {
        let mut depth = 0;
        self.find::<()>(&mut |_| {
            depth += 1;
            None
        });
        depth
    }

    /// The first answer, from the inside outwards.
    fn find<T>(&self, ask: &mut dyn FnMut(&Scope) -> Option<T>) -> Option<T> {
        if let Some(found) = ask(self) {
            return Some(found);
        }
        let mut outer = self.outer.borrow().clone();
        while let Some(scope) = outer {
            if let Some(found) = ask(&scope) {
                return Some(found);
            }
            outer = scope.outer.borrow().clone();
        }
        None
    }
}
