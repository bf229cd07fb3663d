//! Running a loop from outside, and its end.

use super::EventLoop;
use crate::coroutines::Coro;
use crate::events;
use crate::exceptions::{Error, Result, being_handled};
use crate::futures::Future;
use crate::tasks::{Awaitable, spawn_hidden};
use std::rc::Rc;
use trace::{EventKind, HandleKind};

impl EventLoop {
    /// Runs until `stop` is called: `loop.run_forever`. To be awaited outside of any task, in the
    /// synchronous part of a program (see [`Run::script`](crate::Run::script)).
    ///
    /// # Errors
    /// `RuntimeError` when it is closed, or a loop is running; `SystemExit` or `KeyboardInterrupt` that a task
    /// or a callback has raised.
    pub async fn run_forever(self: &Rc<Self>) -> Result {
        if self.is_closed() {
            return Err(Error::new("RuntimeError", "Event loop is closed"));
        }
        if self.is_running() {
            return Err(Error::new("RuntimeError", "This event loop is already running"));
        }
        if events::running_loop().is_some() {
            let text = "Cannot run the event loop while another loop is running";
            return Err(Error::new("RuntimeError", text));
        }
        // The run polls the script again when the loop has stopped.
        events::set_running_loop(Some(self.clone()));
        self.running.set(true);
        *self.handled_outside.borrow_mut() = being_handled();
        let id = *self.id.get_or_init(|| self.program.next_loop());
        self.core.emit(|| EventKind::LoopRuns { id });
        let mut started = false;
        std::future::poll_fn(|_| match std::mem::replace(&mut started, true) {
            false => std::task::Poll::Pending,
            true => std::task::Poll::Ready(self.take_left_by().map_or(Ok(()), Err)),
        })
        .await
    }

    /// Runs until a future, or a task made of a coroutine, is done: `loop.run_until_complete`. To be
    /// awaited outside of any task, as [`EventLoop::run_forever`].
    ///
    /// # Errors
    /// What the future raises; `RuntimeError` when the loop was stopped before, is closed, or a loop
    /// is running.
    pub async fn run_until_complete<T, A>(self: &Rc<Self>, awaitable: A) -> Result<T>
    where
        T: Clone + 'static,
        A: Awaitable<T>,
    {
        if self.is_closed() {
            return Err(Error::new("RuntimeError", "Event loop is closed"));
        }
        let wrapped = !awaitable.is_future();
        let future = self.with(|| awaitable.ensure_future());
        if let (true, Some(task)) = (wrapped, future.task()) {
            // That it did not end is told by an exception.
            task.log_destroyed.set(false);
        }
        let ended = self.complete(&future).await;
        if let (Err(_), true, false) = (&ended, wrapped, future.cancelled()) {
            // Whoever called this has no other way to look at it.
            future.mark_retrieved();
        }
        ended
    }

    async fn complete<T: Clone + 'static>(self: &Rc<Self>, future: &Future<T>) -> Result<T> {
        let stopping = self.stopping.clone();
        let stop = future.when_done(HandleKind::Internal, move |future| {
            // What left the loop has stopped it already.
            if !future.0.failure().is_some_and(|error| error.leaves_loop()) {
                stopping.set(true);
            }
        });
        let ran = self.run_forever().await;
        future.remove_done_callback(stop);
        if let Err(error) = ran {
            self.left_with(future.0.clone());
            return Err(error);
        }
        if !future.done() {
            return Err(Error::new("RuntimeError", "Event loop stopped before Future completed."));
        }
        future.result()
    }

    /// `run_until_complete` of one of the loop's own coroutines, which no program sees.
    pub(crate) async fn housekeep(self: &Rc<Self>, coroutine: Coro<()>) -> Result {
        let task = spawn_hidden(self, coroutine);
        let ended = self.complete(&task).await;
        if ended.is_err() {
            task.mark_retrieved();
        }
        ended
    }

    /// Ends the loop: forgets callbacks and timers. A loop that runs does not close.
    ///
    /// # Errors
    /// `RuntimeError` while it is running.
    pub fn close(self: &Rc<Self>) -> Result {
        if self.is_running() {
            return Err(Error::new("RuntimeError", "Cannot close a running event loop"));
        }
        self.forget_traceback();
        if !self.closed.replace(true) {
            // What comes of what the loop still held comes after its end.
            self.core.emit(|| EventKind::LoopClosed);
            self.core.clear();
            self.registry.closed(self);
        }
        Ok(())
    }
}
