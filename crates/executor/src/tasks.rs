//! Where the tasks are that have not finished.

use super::Body;
use std::cell::RefCell;
use std::rc::Rc;

/// Tasks by number. Places are used again, so that a program of many short tasks stays small.
#[derive(Default)]
pub(super) struct Tasks(RefCell<Places>);

#[derive(Default)]
struct Places {
    /// Where each task is, by its number; nowhere when it has finished.
    of: Vec<u32>,
    tasks: Vec<Option<Rc<dyn Body>>>,
    free: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Tasks {
    /// How many there have been: the next number.
    pub(super) fn count(&self) -> usize {
        self.0.borrow().of.len()
    }

    /// Adds the next one.
    pub(super) fn push(&self, task: Rc<dyn Body>) {
        let places = &mut *self.0.borrow_mut();
        let place = match places.free.pop() {
            Some(place) => {
                places.tasks[place as usize] = Some(task);
                place
            }
            None => {
                places.tasks.push(Some(task));
                places.tasks.len() as u32 - 1
            }
        };
        places.of.push(place);
    }

    /// One that has not finished.
    pub(super) fn get(&self, number: usize) -> Option<Rc<dyn Body>> {
        let places = &*self.0.borrow();
        places.tasks.get(*places.of.get(number)? as usize)?.clone()
    }

    /// Lends one that has not finished to `read`, which makes and ends none.
    #[inline]
    pub(super) fn with(&self, number: usize, read: impl FnOnce(&Rc<dyn Body>)) {
        let places = &*self.0.borrow();
        let place = places.of.get(number).map(|place| *place as usize);
        if let Some(Some(task)) = place.and_then(|place| places.tasks.get(place)) {
            read(task);
        }
    }

    /// The first from this number on that has not finished.
    pub(super) fn next_from(&self, number: usize) -> Option<usize> {
        let places = self.0.borrow();
        let ahead = places.of.get(number..)?.iter().position(|place| *place != NOWHERE)?;
        Some(number + ahead)
    }

    /// Takes one out.
    pub(super) fn take(&self, number: usize) -> Option<Rc<dyn Body>> {
        let places = &mut *self.0.borrow_mut();
        let place = std::mem::replace(places.of.get_mut(number)?, NOWHERE);
        let task = places.tasks.get_mut(place as usize)?.take();
        places.free.push(place);
        task
    }

    /// Those that have not finished, in the order of creation.
    pub(super) fn all(&self) -> Vec<Rc<dyn Body>> {
        let places = &*self.0.borrow();
        let at = |place: &u32| places.tasks.get(*place as usize)?.clone();
        places.of.iter().filter_map(at).collect()
    }
}
