//! What is being handled: the `exc_info` of the frames that run.
//!
//! Each coroutine and generator has an item of its own: what the innermost `except`, `finally` or
//! `__aexit__` around the place where it stands handles. What is raised gets the nearest such exception
//! as its context, through all that await one another. `throw` goes to the innermost await at once: those
//! around it do not count until what they await has ended, and what comes out of that is chained to what
//! they handle themselves. `Objects/genobject.c`, `_gen_throw` and `gen_send_ex2`.

use super::error::{Error, Result};
use std::cell::{Cell, RefCell};
use std::task::Poll;

enum Entry {
    /// A coroutine or generator that runs; what stands above is its own.
    Frame,
    Handled {
        error: Error,
        /// Not while the step throws, and has not come here yet.
        counts: bool,
    },
}

thread_local! {
    /// How many entries there are: mostly none, and then nobody looks further.
    static LENGTH: Cell<usize> = const { Cell::new(0) };
    static ENTRIES: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
}

/// Whether anything is being handled anywhere.
fn is_quiet() -> bool {
    LENGTH.get() == 0
}

/// An entry, as long as this is there.
pub(crate) struct Pushed(usize);

impl Pushed {
    fn new(entry: Entry) -> Self {
        ENTRIES.with_borrow_mut(|entries| entries.push(entry));
        Pushed(LENGTH.replace(LENGTH.get() + 1))
    }
}

impl Drop for Pushed {
    fn drop(&mut self) {
        LENGTH.set(self.0);
        let gone = ENTRIES.with_borrow_mut(|entries| entries.split_off(self.0));
        drop(gone); // after the borrow has ended
    }
}

/// What is being handled where this is called: `sys.exception()`.
pub fn being_handled() -> Option<Error> {
    if is_quiet() {
        return None;
    }
    ENTRIES.with_borrow(|entries| {
        entries.iter().rev().find_map(|entry| match entry {
            Entry::Handled { error, counts: true } => Some(error.clone()),
            _ => None,
        })
    })
}

/// Says that `error` is being handled; whether that counts already.
pub(crate) fn handles(error: &Error, counts: bool) -> Pushed {
    Pushed::new(Entry::Handled { error: error.clone(), counts })
}

/// Calls `body` as a handler of `error` does.
pub fn while_handling<R>(error: &Error, body: impl FnOnce() -> R) -> R {
    let _handles = handles(error, true);
    body()
}

/// Calls `body` as the first thing of another thread: nothing is being handled there.
pub(crate) fn elsewhere<R>(body: impl FnOnce() -> R) -> R {
    struct Restore(usize, Vec<Entry>);
    impl Drop for Restore {
        fn drop(&mut self) {
            LENGTH.set(self.0);
            ENTRIES.with_borrow_mut(|entries| *entries = std::mem::take(&mut self.1));
        }
    }
    if is_quiet() {
        return body();
    }
    let _restore = Restore(LENGTH.replace(0), ENTRIES.take());
    body()
}

/// Polls the code of a coroutine or a generator.
pub(crate) fn frame<T>(poll: impl FnOnce() -> Poll<Result<T>>) -> Poll<Result<T>> {
    if is_quiet() {
        return poll();
    }
    let pushed = Pushed::new(Entry::Frame);
    let polled = poll();
    drop(pushed);
    if let Poll::Ready(result) = &polled
        && let Some(handled) = reach()
        && let Err(error) = result
    {
        error.chain(handled);
    }
    polled
}

/// The frame that runs goes on: what it handles counts. Gives that, if it did not count yet.
fn reach() -> Option<Error> {
    if is_quiet() {
        return None;
    }
    ENTRIES.with_borrow_mut(|entries| {
        let own =
            entries.iter_mut().rev().take_while(|entry| matches!(entry, Entry::Handled { .. }));
        let mut innermost = None;
        for entry in own {
            if let Entry::Handled { error, counts } = entry
                && !std::mem::replace(counts, true)
            {
                innermost.get_or_insert_with(|| error.clone());
            }
        }
        innermost
    })
}

/// The innermost that the frame which runs handles itself.
fn own() -> Option<Error> {
    if is_quiet() {
        return None;
    }
    ENTRIES.with_borrow(|entries| match entries.last() {
        Some(Entry::Handled { error, .. }) => Some(error.clone()),
        _ => None,
    })
}

/// What is thrown into the frame that runs, where it stands: `_PyErr_ChainStackItem`.
pub(crate) fn thrown_in(error: Error) -> Error {
    reach();
    if let Some(handled) = own() {
        error.chain(handled);
    }
    error
}
