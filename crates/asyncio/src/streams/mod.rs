//! Streams: connections to read from and write to, as `asyncio.streams` has them.

mod bytes;
mod errors;
mod protocol;
mod reader;
mod until;
mod waiting;
mod writer;

pub use bytes::repr_bytes;
pub use errors::{IncompleteRead, LimitOverrun};
pub use reader::StreamReader;
pub use writer::StreamWriter;

use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::Result;
use crate::selector_events::{Listening, Server, create_connection, create_server};
use crate::tasks::create_task;
use protocol::{Connected, StreamReaderProtocol};
use std::future::Future as StdFuture;
use std::panic::Location;
use std::rc::Rc;
use trace::HandleKind;

/// Bytes that a reader keeps at most in one line, and half of those that it keeps in all: 64 KiB.
pub const DEFAULT_LIMIT: usize = 1 << 16;

/// Connects to a server in the simulated network; see [`set_network`](crate::set_network). Follows
/// `open_connection` of CPython 3.13 (`Lib/asyncio/streams.py`).
///
/// The host is an IPv4 address or a name of the machine. Addresses that begin with 127 are its own; no
/// answer ever comes from others.
///
/// ```
/// use asyncio::{self, StreamReader, StreamWriter, open_connection, start_server};
///
/// async fn shout(reader: StreamReader, writer: StreamWriter) -> asyncio::Result {
///     let line = reader.readline().await?;
///     writer.write(line.to_ascii_uppercase())?;
///     writer.drain().await?;
///     writer.close();
///     writer.wait_closed().await
/// }
///
/// let answer = asyncio::run(async {
///     start_server(shout, "127.0.0.1", 8888).await?;
///     let (reader, writer) = open_connection("127.0.0.1", 8888).await?;
///     writer.write("hello\n")?;
///     let answer = reader.read(-1).await?;
///     writer.close();
///     Ok(answer)
/// });
/// assert_eq!(answer.unwrap(), b"HELLO\n");
/// ```
///
/// # Errors
/// `ConnectionRefusedError` when nobody listens, `TimeoutError` after 127 seconds without an answer,
/// `gaierror` for an unknown name.
#[track_caller]
pub fn open_connection(host: impl Into<String>, port: u16) -> Coro<(StreamReader, StreamWriter)> {
    open_connection_with_limit(host, port, DEFAULT_LIMIT)
}

/// [`open_connection`] with another `limit` than [`DEFAULT_LIMIT`].
///
/// # Errors
/// `ValueError` too, when the limit is 0.
#[track_caller]
pub fn open_connection_with_limit(
    host: impl Into<String>,
    port: u16,
    limit: usize,
) -> Coro<(StreamReader, StreamWriter)> {
    let at = Location::caller();
    let host = host.into();
    Coro::new("open_connection", async move {
        let event_loop = EventLoop::running();
        let reader = StreamReader::with_limit(limit)?;
        let protocol = StreamReaderProtocol::new(&event_loop, reader.clone(), None);
        let transport = create_connection(event_loop, protocol.clone(), &host, port, at).await?;
        let writer = StreamWriter::new(transport, protocol, reader.clone());
        Ok((reader, writer))
    })
}

/// What [`start_server_with`] may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerOptions {
    /// Of the readers; see [`DEFAULT_LIMIT`].
    pub limit: usize,
    /// Most connections accepted in one iteration.
    pub backlog: usize,
    /// Whether it accepts connections at once.
    pub start_serving: bool,
}

impl Default for ServerOptions {
    fn default() -> Self {
        ServerOptions { limit: DEFAULT_LIMIT, backlog: 100, start_serving: true }
    }
}

/// Starts a server in the simulated network, which calls `client_connected` for each connection and makes
/// a task of what it returns. Follows `start_server` of CPython 3.13 (`Lib/asyncio/streams.py`).
///
/// As in CPython, looking up the host is a task, and so is accepting a connection, which count for
/// the names of tasks. An empty host stands for all addresses, port 0 for any port.
///
/// # Errors
/// `OSError` when the port is in use or the address is not the machine's, `gaierror` for an unknown name.
#[track_caller]
pub fn start_server<T, F>(
    client_connected: impl Fn(StreamReader, StreamWriter) -> F + 'static,
    host: impl Into<String>,
    port: u16,
) -> Coro<Server>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    start_server_with(client_connected, host, port, ServerOptions::default())
}

/// [`start_server`] with options.
///
/// # Errors
/// As [`start_server`].
#[track_caller]
pub fn start_server_with<T, F>(
    client_connected: impl Fn(StreamReader, StreamWriter) -> F + 'static,
    host: impl Into<String>,
    port: u16,
    options: ServerOptions,
) -> Coro<Server>
where
    T: Clone + 'static,
    F: StdFuture<Output = Result<T>> + 'static,
{
    let at = Location::caller();
    let ServerOptions { limit, backlog, start_serving } = options;
    let listening = Listening { host: host.into(), port, backlog, start_serving };
    let connected: Rc<Connected> = Rc::new(move |reader, writer: StreamWriter| {
        let transport = writer.transport().clone();
        let task = create_task(client_connected(reader, writer));
        if EventLoop::running().is_left() {
            return; // where it starts eagerly, making it may raise
        }
        task.when_done(HandleKind::Internal, move |task| protocol::handler_ended(task, &transport));
    });
    Coro::new("start_server", async move {
        let event_loop = EventLoop::running();
        let serving = event_loop.clone();
        let factory = Box::new(move || {
            let reader = StreamReader::with_limit(limit)?;
            let protocol = StreamReaderProtocol::new(&serving, reader, Some(connected.clone()));
            Ok(protocol as Rc<dyn crate::selector_events::Protocol>)
        });
        create_server(event_loop, factory, listening, at).await
    })
}
