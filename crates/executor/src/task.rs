//! Tasks: what they run, where they are kept, and what they wait for.

use super::waker::OwnWaker;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use trace::{Caller, HandleId, TaskId, Wait};

/// What a task runs, step by step.
pub trait Body {
    /// The next step; ready when that was the last.
    fn step(&mut self, cx: &mut Context<'_>) -> Poll<()>;

    /// The task's name. It is asked for when somebody wants to know, so it may be made then.
    fn name(&self) -> Rc<str>;
}

/// A future with a name.
pub(super) struct Named {
    pub(super) name: Rc<str>,
    pub(super) future: Pin<Box<dyn Future<Output = ()>>>,
}

impl Body for Named {
    fn step(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.future.as_mut().poll(cx)
    }

    fn name(&self) -> Rc<str> {
        self.name.clone()
    }
}

/// What a task waits for and where, as it said so itself.
pub(super) type Waiting = (Wait, Option<Caller>);

/// A task that has not finished.
pub(super) struct Task {
    /// Out of its place while it is polled.
    pub(super) body: Option<Box<dyn Body>>,
    /// A task is in the ready queue at most once.
    pub(super) queued: bool,
    /// Of its own, when somebody has kept it.
    pub(super) waker: Option<Box<OwnWaker>>,
    pub(super) wait: Option<Waiting>,
    /// What the trace calls the step that is ready, of a task that it does not show.
    pub(super) handle: HandleId,
}

impl Task {
    /// One that has not been scheduled.
    pub(super) fn new(body: Box<dyn Body>) -> Self {
        let handle = HandleId::default();
        Task { body: Some(body), queued: false, waker: None, wait: None, handle }
    }
}

/// Tasks by number. Places are used again, so that a program of many short tasks stays small.
#[derive(Default)]
pub(super) struct Tasks(RefCell<Places>);

#[derive(Default)]
struct Places {
    /// Where each task is, by its number; nowhere when it has finished.
    of: Vec<u32>,
    tasks: Vec<Option<Task>>,
    free: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Tasks {
    /// How many there have been: the next number.
    pub(super) fn count(&self) -> usize {
        self.0.borrow().of.len()
    }

    /// Adds the next one.
    pub(super) fn push(&self, task: Task) {
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

    /// Lends one that has not finished. `read` is not to come back here.
    pub(super) fn with<R>(&self, number: usize, read: impl FnOnce(&mut Task) -> R) -> Option<R> {
        let places = &mut *self.0.borrow_mut();
        let place = *places.of.get(number)?;
        places.tasks.get_mut(place as usize)?.as_mut().map(read)
    }

    /// Takes one out.
    pub(super) fn take(&self, number: usize) -> Option<Task> {
        let places = &mut *self.0.borrow_mut();
        let place = std::mem::replace(places.of.get_mut(number)?, NOWHERE);
        let task = places.tasks.get_mut(place as usize)?.take();
        places.free.push(place);
        task
    }

    /// Those that have not finished, in the order of creation.
    pub(super) fn each(&self, mut read: impl FnMut(TaskId, &Task)) {
        let places = &*self.0.borrow();
        for (number, place) in places.of.iter().enumerate() {
            if let Some(Some(task)) = places.tasks.get(*place as usize) {
                read(TaskId(number as u32), task);
            }
        }
    }
}
