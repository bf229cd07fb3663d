//! What a future calls when it is done.

use super::future::Future;
use crate::base_events::CallbackResult;
use crate::contextvars::OwnContext;
use crate::exceptions::Error;
use executor::Callback;
use std::cell::Cell;

/// A callback with its future, as a handle of CPython's loop has them: both are there until the loop is done with
/// the handle, outside of the context that the callback runs in.
pub(super) struct DoneCallback<T, F>(Cell<Option<Parts<T, F>>>);

/// In the order in which they are freed: the slots of a `Handle` are cleared in the order of their names, which
/// are `_args`, `_callback`, `_context` (`subtype_dealloc` of `Objects/typeobject.c`).
struct Parts<T, F> {
    future: Future<T>,
    callback: F,
    context: OwnContext,
}

impl<T, F> DoneCallback<T, F> {
    pub(super) fn new(future: Future<T>, callback: F, context: OwnContext) -> Self {
        DoneCallback(Cell::new(Some(Parts { future, callback, context })))
    }
}

impl<T, F> Callback for DoneCallback<T, F>
where
    T: Clone + 'static,
    F: Fn(&Future<T>) -> Option<Error>,
{
    fn call(&self) {
        let Some(parts) = self.0.take() else { return };
        let Parts { future, callback, context } = &parts;
        if let Some(error) = context.enter(|| callback(future)) {
            future.0.event_loop.callback_failed(&error, context);
        }
        // Nobody calls a handle twice.
        self.0.set(Some(parts));
    }

    fn free(&self) {
        drop(self.0.take()); // out of the cell: what it frees may cancel handles
    }
}

/// What can be called once, as what may be called more often: the second time nothing happens.
pub(super) fn once<T, R: CallbackResult>(
    callback: impl FnOnce(&Future<T>) -> R,
) -> impl Fn(&Future<T>) -> Option<Error> {
    let callback = Cell::new(Some(callback));
    move |future| callback.take()?(future).error()
}
