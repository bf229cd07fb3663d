//! The writing half of a transport, with its flow control.

use super::address::{os_error, strerror};
use super::socket::Failed;
use super::transport::{Piece, Transport, no_loop};
use crate::exceptions::{Error, Result};

/// Vain writes after which the next are logged.
const LOG_THRESHOLD: u32 = 5;

/// Most pieces of data that are sent at a time (`IOV_MAX`).
const PIECES: usize = 1024;

impl Transport {
    /// Sends bytes; keeps what the link has no room for.
    ///
    /// # Errors
    /// `RuntimeError` after [`Transport::write_eof`]; `AttributeError` where CPython stumbles: on a
    /// transport that was closed with bytes that were not on their way, and is done with them. No other
    /// lost connection is an error here: `drain` tells.
    pub fn write(&self, data: impl AsRef<[u8]>) -> Result {
        let (inner, mut data) = (&self.0, data.as_ref());
        if inner.eof.get() {
            return Err(Error::new("RuntimeError", "Cannot call write() after write_eof()"));
        }
        if data.is_empty() {
            return Ok(());
        }
        if inner.conn_lost.get() > 0 {
            if inner.conn_lost.get() >= LOG_THRESHOLD {
                inner.event_loop.warn("socket.send() raised exception.");
            }
            inner.conn_lost.set(inner.conn_lost.get() + 1);
            return Ok(());
        }
        if inner.buffer.borrow().is_empty() {
            if inner.gone.get() {
                return Err(no_loop("call_exception_handler"));
            }
            match self.send(data) {
                Ok(sent) => data = &data[sent..],
                Err(None) => {}
                Err(Some(number)) => {
                    self.fatal_write_error(number);
                    return Ok(());
                }
            }
            if data.is_empty() {
                return Ok(());
            }
            self.start_writing();
        }
        inner.buffer.borrow_mut().push_back(Piece { data: data.to_vec(), sent: 0 });
        self.maybe_pause_protocol()
    }

    /// Sends several pieces of data. Unlike [`Transport::write`] it does not pause the protocol, in
    /// CPython 3.13.0 either.
    ///
    /// # Errors
    /// `RuntimeError` after [`Transport::write_eof`]; what CPython stumbles over, `TypeError` after
    /// [`Transport::close`], and `AttributeError` on a connection that was lost otherwise.
    pub fn writelines<D: AsRef<[u8]>>(&self, lines: impl IntoIterator<Item = D>) -> Result {
        let inner = &self.0;
        if inner.eof.get() {
            return Err(Error::new("RuntimeError", "Cannot call writelines() after write_eof()"));
        }
        let piece = |line: D| Piece { data: line.as_ref().to_vec(), sent: 0 };
        let mut lines = lines.into_iter().map(piece).peekable();
        if lines.peek().is_none() {
            return Ok(());
        }
        inner.buffer.borrow_mut().extend(lines);
        if inner.close_called.get() {
            return Err(Error::new("TypeError", "'NoneType' object is not callable"));
        }
        self.write_ready();
        if inner.buffer.borrow().is_empty() {
            return Ok(());
        }
        if inner.gone.get() {
            return Err(no_loop("_add_writer"));
        }
        self.start_writing();
        Ok(())
    }

    /// Closes the writing half once what was written is on its way.
    ///
    /// # Errors
    /// `OSError` when the other side has reset the connection, and nobody noticed yet.
    pub fn write_eof(&self) -> Result {
        let inner = &self.0;
        if inner.closing.get() || inner.eof.replace(true) {
            return Ok(());
        }
        if inner.buffer.borrow().is_empty() { self.shut_down() } else { Ok(()) }
    }

    /// Whether the writing half can be closed alone: always.
    pub fn can_write_eof(&self) -> bool {
        true
    }

    /// Bytes written that are not on the link yet.
    pub fn get_write_buffer_size(&self) -> usize {
        self.0.buffer.borrow().iter().map(|piece| piece.data.len() - piece.sent).sum()
    }

    /// The low and the high water mark.
    pub fn get_write_buffer_limits(&self) -> (usize, usize) {
        (self.0.low_water.get(), self.0.high_water.get())
    }

    /// Sets the water marks: above `high` buffered bytes `drain` waits until `low` are left. Without
    /// `high` it is 64 KiB, or four times `low`; without `low` a quarter of `high`.
    ///
    /// # Errors
    /// `ValueError` when `low` is above `high`.
    pub fn set_write_buffer_limits(&self, high: Option<usize>, low: Option<usize>) -> Result {
        let high = high.unwrap_or_else(|| low.map_or(64 * 1024, |low| 4 * low));
        let low = low.unwrap_or(high / 4);
        if low > high {
            let text = format!("high ({high}) must be >= low ({low}) must be >= 0");
            return Err(Error::new("ValueError", text));
        }
        self.0.high_water.set(high);
        self.0.low_water.set(low);
        self.maybe_pause_protocol()
    }

    fn send(&self, data: &[u8]) -> std::result::Result<usize, Failed> {
        let task = self.0.event_loop.current_id();
        self.0.network.kernel.borrow_mut().send(self.0.fd, data, task)
    }

    fn shut_down(&self) -> Result {
        let shut = self.0.network.kernel.borrow_mut().shutdown(self.0.fd);
        shut.map_err(|number| {
            let number = number.unwrap_or_default();
            os_error(number, strerror(number))
        })
    }

    fn start_writing(&self) {
        let transport = self.clone();
        self.0.network.add_writer(self.0.fd, move || transport.write_ready());
    }

    /// `_write_sendmsg`.
    fn write_ready(&self) {
        let inner = &self.0;
        if inner.conn_lost.get() > 0 {
            return;
        }
        // No more than may go, so that a big buffer is not copied for each segment of it.
        let room = inner.network.kernel.borrow_mut().room(inner.fd).max(1);
        let mut data = Vec::new();
        for piece in inner.buffer.borrow().iter().take(PIECES) {
            let rest = &piece.data[piece.sent..];
            data.extend_from_slice(&rest[..rest.len().min(room - data.len())]);
        }
        match self.send(&data) {
            Ok(sent) => self.forget_sent(sent),
            Err(None) => return,
            Err(Some(number)) => {
                inner.network.remove_writer(inner.fd);
                inner.buffer.borrow_mut().clear();
                self.fatal_write_error(number);
                return;
            }
        }
        self.maybe_resume_protocol();
        if inner.buffer.borrow().is_empty() {
            inner.network.remove_writer(inner.fd);
            if inner.closing.get() {
                self.call_connection_lost(None);
            } else if inner.eof.get() {
                // What could be sent to can be shut.
                let _ = self.shut_down();
            }
        }
    }

    /// `_adjust_leftover_buffer`: takes away what was sent.
    fn forget_sent(&self, mut sent: usize) {
        let mut buffer = self.0.buffer.borrow_mut();
        while sent > 0 {
            let Some(piece) = buffer.front_mut() else { return };
            let rest = piece.data.len() - piece.sent;
            if rest > sent {
                piece.sent += sent;
                return;
            }
            sent -= rest;
            buffer.pop_front();
        }
    }

    fn fatal_write_error(&self, number: i32) {
        let error = os_error(number, strerror(number));
        self.fatal_error(error, "Fatal write error on socket transport");
    }

    fn maybe_pause_protocol(&self) -> Result {
        let inner = &self.0;
        if self.get_write_buffer_size() > inner.high_water.get()
            && !inner.protocol_paused.replace(true)
        {
            let protocol = inner.protocol.borrow().clone();
            protocol.ok_or_else(|| no_loop("call_exception_handler"))?.pause_writing();
        }
        Ok(())
    }

    fn maybe_resume_protocol(&self) {
        let inner = &self.0;
        let protocol = inner.protocol.borrow().clone();
        if let Some(protocol) = protocol
            && inner.protocol_paused.get()
            && self.get_write_buffer_size() <= inner.low_water.get()
        {
            inner.protocol_paused.set(false);
            protocol.resume_writing();
        }
    }
}
