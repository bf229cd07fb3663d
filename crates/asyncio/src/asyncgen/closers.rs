//! The tasks that close generators, whatever they return.

use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::Result;
use crate::tasks::create_task;
use crate::tasks::gather_return_exceptions;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// What several closings came to.
type Closed = Pin<Box<dyn Future<Output = Result<Vec<Result>>>>>;

/// Makes tasks of closings.
pub(super) trait Closers {
    /// One that nobody waits for.
    fn create(&self, closing: Coro<()>);

    /// Several that are gathered.
    fn gather(&self, closings: Vec<Coro<()>>) -> Closed;
}

/// Makes tasks that return this.
pub(super) struct Returning<T>(pub(super) T);

impl<T: Clone + 'static> Returning<T> {
    fn coroutine(&self, closing: Coro<()>) -> Coro<T> {
        let value = self.0.clone();
        closing.wrap(|body| async move { body.await.map(|()| value) })
    }
}

impl<T: Clone + 'static> Closers for Returning<T> {
    fn create(&self, closing: Coro<()>) {
        drop(create_task(self.coroutine(closing)));
    }

    fn gather(&self, closings: Vec<Coro<()>>) -> Closed {
        let coroutines = closings.into_iter().map(|closing| self.coroutine(closing));
        let gathering = gather_return_exceptions(coroutines);
        let left_by = EventLoop::running().take_left_by();
        Box::pin(async move {
            if let Some(error) = left_by {
                return Err(error);
            }
            Ok(gathering.await?.into_iter().map(|result| result.map(drop)).collect())
        })
    }
}

impl EventLoop {
    /// What tasks return that close generators, where Python has `None`: for front ends with values of
    /// their own, whose programs come by such a task with [`current_task`](crate::current_task).
    pub fn set_closers_value<T: Clone + 'static>(&self, value: T) {
        self.generators().set_closers(Rc::new(Returning(value)));
    }
}
