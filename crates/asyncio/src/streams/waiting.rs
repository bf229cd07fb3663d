//! How a reader waits for bytes, and lets its transport wait.

use super::StreamReader;
use crate::exceptions::{Error, Result};
use crate::futures::{Future, Role};
use crate::selector_events::Transport;
use trace::{Caller, Op, Wait};

impl StreamReader {
    pub(super) fn set_transport(&self, transport: Transport) {
        *self.0.transport.borrow_mut() = Some(transport);
    }

    /// Raises what the connection was lost by.
    pub(super) fn check(&self) -> Result {
        self.exception().map_or(Ok(()), |error| Err(error.raised()))
    }

    /// Whether nothing more will come.
    pub(super) fn is_ended(&self) -> bool {
        self.0.eof.get()
    }

    /// Takes bytes out of the buffer, and has the transport go on if there is room again.
    pub(super) fn take(&self, size: usize) -> Vec<u8> {
        let data = self.0.buffer.borrow_mut().drain(..size).collect();
        self.maybe_resume_transport();
        data
    }

    /// `_maybe_resume_transport`.
    pub(super) fn maybe_resume_transport(&self) {
        if self.0.paused.get() && self.0.buffer.borrow().len() <= self.0.limit {
            self.resume_transport();
        }
    }

    fn resume_transport(&self) {
        self.0.paused.set(false);
        let transport = self.0.transport.borrow().clone();
        if let Some(transport) = transport {
            transport.resume_reading();
        }
    }

    pub(super) fn wake_up_waiter(&self) {
        if let Some(waiter) = self.0.waiter.take() {
            // It is done already when the read was cancelled.
            let _ = waiter.set_result(());
        }
    }

    /// `_wait_for_data`: until something has come, or the end. `name` is the method's in CPython's
    /// error, `op` the one that the program called.
    pub(super) async fn wait_for_data(&self, name: &str, op: Op, at: Caller) -> Result {
        let inner = &self.0;
        if inner.waiter.borrow().is_some() {
            let text = format!(
                "{name}() called while another coroutine is already waiting for incoming data"
            );
            return Err(Error::new("RuntimeError", text));
        }
        if inner.paused.get() {
            // What is wanted may be more than the limit.
            self.resume_transport();
        }
        let waiter: Future<()> = Future::new(inner.event_loop.clone(), Role::Plain);
        *inner.waiter.borrow_mut() = Some(waiter.clone());
        let _waited = Waited(self.clone());
        let link = inner.transport.borrow().as_ref().and_then(Transport::incoming);
        let cause = link.map_or(Wait::Op(op), |id| Wait::Resource { id, op });
        waiter.wait_as(cause, at).await
    }
}

/// The `finally` of `_wait_for_data`, which forgets whoever waits.
struct Waited(StreamReader);

impl Drop for Waited {
    fn drop(&mut self) {
        self.0.0.waiter.take();
    }
}
