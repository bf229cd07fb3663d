//! What a queue keeps its items in.

use super::heap::{self, Less};
use crate::exceptions::{Error, Result};
use std::cell::RefCell;
use std::collections::VecDeque;

/// The items, and the order in which they come out: `_init`, `_put` and `_get` of the queues.
pub(super) enum Items<T> {
    /// The oldest first: `Queue`.
    Fifo(RefCell<VecDeque<T>>),
    /// The newest first: `LifoQueue`.
    Lifo(RefCell<Vec<T>>),
    /// The least first: `PriorityQueue`.
    Heap(RefCell<Vec<T>>, Box<Less<T>>),
}

impl<T: 'static> Items<T> {
    /// The name of the class of queue that keeps them so.
    pub(super) fn class(&self) -> &'static str {
        match self {
            Items::Fifo(_) => "Queue",
            Items::Lifo(_) => "LifoQueue",
            Items::Heap(..) => "PriorityQueue",
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Items::Fifo(items) => items.borrow().len(),
            Items::Lifo(items) | Items::Heap(items, _) => items.borrow().len(),
        }
    }

    /// Adds an item.
    pub(super) fn put(&self, item: T) -> Result {
        match self {
            Items::Fifo(items) => items.borrow_mut().push_back(item),
            Items::Lifo(items) => items.borrow_mut().push(item),
            Items::Heap(items, less) => aside(items, |items| heap::push(items, item, less))?,
        }
        Ok(())
    }

    /// Takes the next item out; `None` when there is none.
    pub(super) fn get(&self) -> Option<Result<T>> {
        match self {
            Items::Fifo(items) => items.borrow_mut().pop_front().map(Ok),
            Items::Lifo(items) => items.borrow_mut().pop().map(Ok),
            Items::Heap(items, less) => {
                match aside(items, |items| heap::pop(items, less).transpose()) {
                    Ok(item) => item.map(Ok),
                    Err(error) => Some(Err(error)),
                }
            }
        }
    }
}

/// Works on a heap outside of its cell, since comparing items may be anybody's code, which may come
/// back to the queue. As in CPython it fails where that has put an item into it.
fn aside<T, R>(items: &RefCell<Vec<T>>, work: impl FnOnce(&mut Vec<T>) -> Result<R>) -> Result<R> {
    let mut heap = items.take();
    let result = work(&mut heap);
    let mut items = items.borrow_mut();
    let added = std::mem::replace(&mut *items, heap);
    if added.is_empty() {
        return result;
    }
    items.extend(added);
    result.and(Err(Error::new("RuntimeError", "list changed size during iteration")))
}
