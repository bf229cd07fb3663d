//! The transport: one end of a connection, for its protocol.

use super::Address;
use super::kernel::Fd;
use super::server::Server;
use super::watch::Network;
use crate::base_events::EventLoop;
use crate::contextvars::Context;
use crate::exceptions::{Error, Result};
use crate::futures::Future;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use trace::ResourceId;

/// What a transport tells about its connection: `asyncio.Protocol`.
pub(crate) trait Protocol {
    fn connection_made(self: Rc<Self>, transport: &Transport);
    /// With an error unless it was closed on purpose.
    fn connection_lost(&self, error: Option<&Error>);
    fn data_received(&self, data: &[u8]) -> Result;
    /// Whether the other direction stays open.
    fn eof_received(&self) -> bool;
    fn pause_writing(&self);
    fn resume_writing(&self);
}

/// One end of a connection in the simulated network: `writer.transport`. Clones are the same end.
/// Follows `_SelectorSocketTransport` of CPython 3.13 (`Lib/asyncio/selector_events.py`).
///
/// ```
/// use asyncio::{self, open_connection, start_server};
/// let buffered = asyncio::run(async {
///     start_server(|_, _| async { Ok(()) }, "127.0.0.1", 8888).await?;
///     let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
///     writer.write(vec![0; 100_000])?; // more than what may be on its way
///     Ok(writer.transport().get_write_buffer_size())
/// });
/// assert_eq!(buffered.unwrap(), 100_000 - 65_536);
/// ```
#[derive(Clone)]
pub struct Transport(pub(super) Rc<TransportState>);

pub(super) struct TransportState {
    pub(super) event_loop: Rc<EventLoop>,
    pub(super) network: Rc<Network>,
    pub(super) fd: Fd,
    pub(super) protocol: RefCell<Option<Rc<dyn Protocol>>>,
    pub(super) server: RefCell<Option<Server>>,
    local: Option<Address>,
    remote: Option<Address>,
    /// The links that lead away and here.
    links: [Option<ResourceId>; 2],
    pub(super) buffer: RefCell<VecDeque<Piece>>,
    /// Not zero once the loss of the connection is scheduled; then counts vain writes too.
    pub(super) conn_lost: Cell<u32>,
    pub(super) closing: Cell<bool>,
    /// Whether [`Transport::close`] was called.
    pub(super) close_called: Cell<bool>,
    /// Whether the loss of the connection was told.
    pub(super) gone: Cell<bool>,
    pub(super) paused: Cell<bool>,
    pub(super) eof: Cell<bool>,
    pub(super) protocol_paused: Cell<bool>,
    pub(super) high_water: Cell<usize>,
    pub(super) low_water: Cell<usize>,
}

/// Data that was written, and how much of it is on its way.
pub(super) struct Piece {
    pub data: Vec<u8>,
    pub sent: usize,
}

pub(super) struct WeakTransport(Weak<TransportState>);

impl Transport {
    /// The transport of a connected socket: its protocol and then `waiter` learn so in the next iteration.
    pub(super) fn new(
        event_loop: &Rc<EventLoop>,
        fd: Fd,
        protocol: Rc<dyn Protocol>,
        waiter: &Future<()>,
        server: Option<Server>,
    ) -> Result<Self> {
        let network = Network::of(event_loop);
        if server.as_ref().is_some_and(|server| !server.is_open()) {
            // The server was closed while it accepted. In CPython the socket stays open until the
            // garbage collector finds the transport; here it stays open.
            return Err(Error::new("AssertionError", ""));
        }
        let (local, remote, links) = {
            let mut kernel = network.kernel.borrow_mut();
            let arriving = kernel.link_to(fd);
            let socket = kernel.socket(fd);
            (socket.local.clone(), socket.remote.clone(), [socket.link, arriving])
        };
        let transport = Transport(Rc::new(TransportState {
            event_loop: event_loop.clone(),
            network,
            fd,
            protocol: RefCell::new(Some(protocol.clone())),
            server: RefCell::new(server.clone()),
            local,
            remote,
            links,
            buffer: RefCell::default(),
            conn_lost: Cell::new(0),
            closing: Cell::new(false),
            close_called: Cell::new(false),
            gone: Cell::new(false),
            paused: Cell::new(false),
            eof: Cell::new(false),
            protocol_paused: Cell::new(false),
            high_water: Cell::new(64 * 1024),
            low_water: Cell::new(16 * 1024),
        }));
        transport.0.network.remember(WeakTransport(Rc::downgrade(&transport.0)));
        if let Some(server) = server {
            server.attach(&transport);
        }
        let core = &event_loop.core;
        let (made, context) = (transport.clone(), Context::copied());
        core.call_soon(move || context.enter(|| protocol.connection_made(&made)));
        let (reading, context) = (transport.clone(), Context::copied());
        core.call_soon(move || context.enter(|| reading.start_reading()));
        let waiter = waiter.clone();
        core.call_soon(move || {
            // It is done already when whoever waits was cancelled.
            let _ = waiter.set_result(());
        });
        Ok(transport)
    }

    pub(super) fn upgrade(transport: &WeakTransport) -> Option<Self> {
        transport.0.upgrade().map(Transport)
    }

    /// Forgets whom it tells, so that nothing holds itself.
    pub(super) fn disconnect(&self) {
        let told = (self.0.protocol.take(), self.0.server.take());
        drop(told);
    }

    /// The link that bytes written here travel on.
    pub(crate) fn outgoing(&self) -> Option<ResourceId> {
        self.0.links[0]
    }

    /// The link that bytes read here come from.
    pub(crate) fn incoming(&self) -> Option<ResourceId> {
        self.0.links[1]
    }

    /// `get_extra_info(name)`: the address under `"sockname"` and `"peername"`, nothing else.
    pub fn get_extra_info(&self, name: &str) -> Option<Address> {
        match name {
            "sockname" => self.0.local.clone(),
            "peername" => self.0.remote.clone(),
            _ => None,
        }
    }

    /// Whether it is closed, or going to be.
    pub fn is_closing(&self) -> bool {
        self.0.closing.get()
    }

    /// Closes it once what was written is on its way.
    pub fn close(&self) {
        let inner = &self.0;
        inner.close_called.set(true);
        if inner.closing.replace(true) {
            return;
        }
        inner.network.remove_reader(inner.fd);
        if inner.buffer.borrow().is_empty() {
            inner.conn_lost.set(inner.conn_lost.get() + 1);
            inner.network.remove_writer(inner.fd);
            self.lose_soon(None);
        }
    }

    /// Closes it at once: what is not on its way yet is lost. Like CPython's it closes the socket as
    /// [`Transport::close`] does: what is on its way arrives, and then the end, unless bytes that
    /// came were not read; then it resets the connection.
    ///
    /// # Errors
    /// `AttributeError` where CPython stumbles: closed before, with bytes that were not on their way.
    pub fn abort(&self) -> Result {
        let inner = &self.0;
        if inner.gone.get() && inner.conn_lost.get() == 0 {
            let buffered = !inner.buffer.take().is_empty();
            inner.conn_lost.set(u32::from(!buffered));
            return Err(no_loop(if buffered { "_remove_writer" } else { "call_soon" }));
        }
        self.force_close(None);
        Ok(())
    }

    pub(super) fn fatal_error(&self, error: Error, message: &str) {
        if !error.is_a("OSError") {
            self.0.event_loop.log_error(message, None, Some(&error), None);
        }
        self.force_close(Some(error));
    }

    fn force_close(&self, error: Option<Error>) {
        let inner = &self.0;
        if inner.conn_lost.get() > 0 {
            return;
        }
        if !inner.buffer.borrow().is_empty() {
            inner.buffer.borrow_mut().clear();
            inner.network.remove_writer(inner.fd);
        }
        if !inner.closing.replace(true) {
            inner.network.remove_reader(inner.fd);
        }
        inner.conn_lost.set(inner.conn_lost.get() + 1);
        self.lose_soon(error);
    }

    fn lose_soon(&self, error: Option<Error>) {
        let transport = self.clone();
        self.0.event_loop.core.call_soon(move || transport.call_connection_lost(error));
    }

    /// `_call_connection_lost`.
    pub(super) fn call_connection_lost(&self, error: Option<Error>) {
        let inner = &self.0;
        let protocol = inner.protocol.take();
        if let Some(protocol) = &protocol {
            protocol.connection_lost(error.as_ref());
        }
        inner.network.close(inner.fd);
        inner.gone.set(true);
        let server = inner.server.take();
        if let Some(server) = server {
            server.detach(self);
        }
    }
}

/// What CPython raises where it uses the loop of a transport that has forgotten it.
pub(super) fn no_loop(attribute: &str) -> Error {
    let text = format!("'NoneType' object has no attribute '{attribute}'");
    Error::new("AttributeError", text)
}

/// Whether the two are the same end.
impl PartialEq for Transport {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
