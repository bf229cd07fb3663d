//! Between a transport and its streams.

use super::{StreamReader, StreamWriter};
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Result};
use crate::futures::{Future, Role};
use crate::selector_events::{Protocol, Transport};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use trace::{Caller, Wait};

/// What a server does with the streams of a new connection.
pub(super) type Connected = dyn Fn(StreamReader, StreamWriter);

/// `StreamReaderProtocol` and its `FlowControlMixin` (`Lib/asyncio/streams.py`).
pub(super) struct StreamReaderProtocol {
    event_loop: Rc<EventLoop>,
    reader: RefCell<Option<StreamReader>>,
    client_connected: Option<Rc<Connected>>,
    /// Done when the connection is gone.
    closed: Future<()>,
    paused: Cell<bool>,
    lost: Cell<bool>,
    drain_waiters: RefCell<VecDeque<Future<()>>>,
}

impl StreamReaderProtocol {
    pub fn new(
        event_loop: &Rc<EventLoop>,
        reader: StreamReader,
        client_connected: Option<Rc<Connected>>,
    ) -> Rc<Self> {
        Rc::new(StreamReaderProtocol {
            event_loop: event_loop.clone(),
            reader: RefCell::new(Some(reader)),
            client_connected,
            closed: Future::new(event_loop.clone(), Role::Plain),
            paused: Cell::new(false),
            lost: Cell::new(false),
            drain_waiters: RefCell::default(),
        })
    }

    /// `_get_close_waiter`.
    pub fn closed(&self) -> &Future<()> {
        &self.closed
    }

    /// `_drain_helper`.
    pub async fn drain(self: Rc<Self>, cause: Wait, at: Caller) -> Result {
        if self.lost.get() {
            return Err(Error::new("ConnectionResetError", "Connection lost"));
        }
        if !self.paused.get() {
            return Ok(());
        }
        let waiter: Future<()> = Future::new(self.event_loop.clone(), Role::Plain);
        self.drain_waiters.borrow_mut().push_back(waiter.clone());
        let _leave = Leave { protocol: self.clone(), waiter: waiter.clone() };
        waiter.wait_as(cause, at).await
    }

    fn wake_drains(&self, error: Option<&Error>) {
        for waiter in self.drain_waiters.borrow().iter().filter(|waiter| !waiter.done()) {
            let _ = match error {
                None => waiter.set_result(()),
                Some(error) => waiter.set_exception(error.clone()),
            };
        }
    }
}

impl Protocol for StreamReaderProtocol {
    fn connection_made(self: Rc<Self>, transport: &Transport) {
        let reader = self.reader.borrow().clone();
        let Some(reader) = reader else { return };
        reader.set_transport(transport.clone());
        if let Some(client_connected) = self.client_connected.clone() {
            let writer = StreamWriter::new(transport.clone(), self, reader.clone());
            client_connected(reader, writer);
        }
    }

    fn connection_lost(&self, error: Option<&Error>) {
        let reader = self.reader.take();
        match (reader, error) {
            (Some(reader), None) => reader.feed_eof(),
            (Some(reader), Some(error)) => reader.set_exception(error.clone()),
            (None, _) => {}
        }
        // It is done already when whoever waited for it was cancelled.
        let _ = match error {
            None => self.closed.set_result(()),
            Some(error) => self.closed.set_exception(error.clone()),
        };
        self.lost.set(true);
        if self.paused.get() {
            self.wake_drains(error);
        }
    }

    fn data_received(&self, data: &[u8]) -> Result {
        let reader = self.reader.borrow().clone();
        reader.map_or(Ok(()), |reader| reader.feed_data(data))
    }

    fn eof_received(&self) -> bool {
        let reader = self.reader.borrow().clone();
        if let Some(reader) = reader {
            reader.feed_eof();
        }
        true
    }

    fn pause_writing(&self) {
        self.paused.set(true);
    }

    fn resume_writing(&self) {
        self.paused.set(false);
        self.wake_drains(None);
    }
}

impl Drop for StreamReaderProtocol {
    fn drop(&mut self) {
        // Nobody has to ask how the connection ended: it counts as asked.
        if self.closed.done() && !self.closed.cancelled() {
            let _ = self.closed.exception();
        }
    }
}

/// The `finally` of `_drain_helper`.
struct Leave {
    protocol: Rc<StreamReaderProtocol>,
    waiter: Future<()>,
}

impl Drop for Leave {
    fn drop(&mut self) {
        self.protocol.drain_waiters.borrow_mut().retain(|waiter| *waiter != self.waiter);
    }
}

/// The callback of the task that a server makes for a connection: closes the connection unless the
/// task ended well.
pub(super) fn handler_ended<T: Clone + 'static>(task: &Future<T>, transport: &Transport) {
    match task.exception() {
        Ok(None) => {}
        Ok(Some(error)) => {
            let text = "Unhandled exception in client_connected_cb";
            task.0.event_loop.log_error(text, None, Some(&error), None);
            transport.close();
        }
        Err(_) => transport.close(),
    }
}
