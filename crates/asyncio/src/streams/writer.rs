//! `asyncio.StreamWriter`.

use super::StreamReader;
use super::protocol::StreamReaderProtocol;
use crate::coroutines::Coro;
use crate::exceptions::Result;
use crate::selector_events::{Address, Transport};
use crate::tasks::sleep_at;
use std::panic::Location;
use std::rc::Rc;
use trace::{Op, Wait};

/// The bytes that go out on a connection; clones are the same writer. Follows `StreamWriter` of CPython
/// 3.13 (`Lib/asyncio/streams.py`), but one that is dropped leaves its connection open.
///
/// ```
/// use asyncio::{self, NetworkConfig, StreamReader, open_connection, set_network};
/// use asyncio::{start_server, time};
/// let time = asyncio::run(async {
///     set_network(NetworkConfig { bandwidth: Some(10_000.0), ..NetworkConfig::default() });
///     let sink = |reader: StreamReader, _| async move { reader.read(-1).await };
///     start_server(sink, "127.0.0.1", 8888).await?;
///     let (_reader, writer) = open_connection("127.0.0.1", 8888).await?;
///     writer.write(vec![0; 80_000])?;
///     writer.drain().await?; // until no more than 16 KiB are left to be sent
///     Ok(time())
/// });
/// assert!((6.0..7.0).contains(&time.unwrap()));
/// ```
#[derive(Clone)]
pub struct StreamWriter {
    transport: Transport,
    protocol: Rc<StreamReaderProtocol>,
    reader: StreamReader,
}

impl StreamWriter {
    pub(super) fn new(
        transport: Transport,
        protocol: Rc<StreamReaderProtocol>,
        reader: StreamReader,
    ) -> Self {
        StreamWriter { transport, protocol, reader }
    }

    /// The transport under it.
    pub fn transport(&self) -> &Transport {
        &self.transport
    }

    /// Sends bytes, or keeps them until they can be sent.
    ///
    /// # Errors
    /// As [`Transport::write`].
    pub fn write(&self, data: impl AsRef<[u8]>) -> Result {
        self.transport.write(data)
    }

    /// Sends several pieces of data.
    ///
    /// # Errors
    /// As [`Transport::writelines`].
    pub fn writelines<D: AsRef<[u8]>>(&self, data: impl IntoIterator<Item = D>) -> Result {
        self.transport.writelines(data)
    }

    /// Closes the writing half once what was written is on its way.
    ///
    /// # Errors
    /// As [`Transport::write_eof`].
    pub fn write_eof(&self) -> Result {
        self.transport.write_eof()
    }

    /// Whether the writing half can be closed alone: always.
    pub fn can_write_eof(&self) -> bool {
        self.transport.can_write_eof()
    }

    /// Closes the connection once what was written is on its way.
    pub fn close(&self) {
        self.transport.close();
    }

    /// Whether it is closed, or going to be.
    pub fn is_closing(&self) -> bool {
        self.transport.is_closing()
    }

    /// `get_extra_info(name)`: the address under `"sockname"` and `"peername"`, nothing else.
    pub fn get_extra_info(&self, name: &str) -> Option<Address> {
        self.transport.get_extra_info(name)
    }

    /// Waits until the connection is gone.
    ///
    /// # Errors
    /// What it was lost by.
    #[track_caller]
    pub fn wait_closed(&self) -> Coro<()> {
        let at = Location::caller();
        let writer = self.clone();
        Coro::new("StreamWriter.wait_closed", async move {
            writer.protocol.closed().wait_as(writer.cause(Op::WaitClosed), at).await
        })
    }

    /// Waits while too much is left to be sent.
    ///
    /// # Errors
    /// What the connection was lost by; `ConnectionResetError` when it was closed.
    #[track_caller]
    pub fn drain(&self) -> Coro<()> {
        let at = Location::caller();
        let writer = self.clone();
        Coro::new("StreamWriter.drain", async move {
            writer.reader.check()?;
            if writer.transport.is_closing() {
                // So that the loss of the connection may be told before it is asked for.
                sleep_at(0.0, at).await?;
            }
            let cause = writer.cause(Op::Drain);
            writer.protocol.clone().drain(cause, at).await
        })
    }

    fn cause(&self, op: Op) -> Wait {
        self.transport.outgoing().map_or(Wait::Op(op), |id| Wait::Resource { id, op })
    }
}
