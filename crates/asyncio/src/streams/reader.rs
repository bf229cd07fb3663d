//! `asyncio.StreamReader`.

use super::errors::IncompleteRead;
use super::{DEFAULT_LIMIT, until};
use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::futures::Future;
use crate::selector_events::Transport;
use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, Op};

/// The bytes that come in on a connection; clones are the same reader. Follows `StreamReader` of
/// CPython 3.13 (`Lib/asyncio/streams.py`). When twice its limit is buffered, it lets the
/// transport wait until it has come down to the limit.
///
/// ```
/// use asyncio::{self, StreamReader, call_later};
/// let lines = asyncio::run(async {
///     let reader = StreamReader::new();
///     let source = reader.clone();
///     reader.feed_data(b"one\ntw")?;
///     call_later(1.0, move || {
///         source.feed_data(b"o\n").unwrap();
///         source.feed_eof();
///     });
///     let mut lines = Vec::new();
///     while let Some(line) = reader.anext().await? {
///         lines.push(line); // async for line in reader:
///     }
///     Ok(lines)
/// });
/// assert_eq!(lines.unwrap(), [b"one\n", b"two\n"]);
/// ```
#[derive(Clone)]
pub struct StreamReader(pub(super) Rc<ReaderState>);

pub(super) struct ReaderState {
    pub(super) event_loop: Rc<EventLoop>,
    pub(super) limit: usize,
    pub(super) buffer: RefCell<Vec<u8>>,
    pub(super) eof: Cell<bool>,
    pub(super) waiter: RefCell<Option<Future<()>>>,
    exception: RefCell<Option<Error>>,
    pub(super) transport: RefCell<Option<Transport>>,
    pub(super) paused: Cell<bool>,
}

impl StreamReader {
    /// A reader of its own, to be fed by hand, with [`DEFAULT_LIMIT`].
    ///
    /// # Panics
    /// Without a running loop.
    #[expect(clippy::new_without_default, reason = "it needs a running loop")]
    pub fn new() -> Self {
        StreamReader::limited(DEFAULT_LIMIT)
    }

    /// A reader with another limit.
    ///
    /// # Errors
    /// `ValueError` when it is 0.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn with_limit(limit: usize) -> Result<Self> {
        if limit == 0 {
            return Err(Error::new("ValueError", "Limit cannot be <= 0"));
        }
        Ok(StreamReader::limited(limit))
    }

    fn limited(limit: usize) -> Self {
        StreamReader(Rc::new(ReaderState {
            event_loop: EventLoop::running(),
            limit,
            buffer: RefCell::default(),
            eof: Cell::new(false),
            waiter: RefCell::default(),
            exception: RefCell::default(),
            transport: RefCell::default(),
            paused: Cell::new(false),
        }))
    }

    /// What the connection was lost by, if by an error.
    pub fn exception(&self) -> Option<Error> {
        self.0.exception.borrow().clone()
    }

    /// Has every read raise `error` from now on, the one that waits too.
    pub fn set_exception(&self, error: impl Into<Error>) {
        let error = error.into();
        *self.0.exception.borrow_mut() = Some(error.clone());
        if let Some(waiter) = self.0.waiter.take() {
            let _ = waiter.set_exception(error);
        }
    }

    /// Whether everything has been read, and nothing will come.
    pub fn at_eof(&self) -> bool {
        self.0.eof.get() && self.0.buffer.borrow().is_empty()
    }

    /// Says that nothing more will come.
    pub fn feed_eof(&self) {
        self.0.eof.set(true);
        self.wake_up_waiter();
    }

    /// Adds bytes to be read.
    ///
    /// # Errors
    /// `AssertionError` after [`StreamReader::feed_eof`].
    pub fn feed_data(&self, data: &[u8]) -> Result {
        let inner = &self.0;
        if inner.eof.get() {
            return Err(Error::new("AssertionError", "feed_data after feed_eof"));
        }
        if data.is_empty() {
            return Ok(());
        }
        inner.buffer.borrow_mut().extend_from_slice(data);
        self.wake_up_waiter();
        let transport = inner.transport.borrow().clone();
        if let Some(transport) = transport
            && !inner.paused.get()
            && inner.buffer.borrow().len() > inner.limit.saturating_mul(2)
        {
            transport.pause_reading();
            inner.paused.set(true);
        }
        Ok(())
    }

    /// Reads up to `n` bytes, as soon as there are any; all until the end when `n` is negative. Gives
    /// nothing at the end.
    #[track_caller]
    pub fn read(&self, n: i64) -> Coro<Vec<u8>> {
        let at = Location::caller();
        let reader = self.clone();
        Coro::new("StreamReader.read", async move {
            reader.check()?;
            match n {
                0 => Ok(Vec::new()),
                1.. => reader.read_some(at_most(n), at).await,
                _ => reader.read_all(at).await,
            }
        })
    }

    async fn read_all(&self, at: Caller) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        loop {
            let block = self.read_some(self.0.limit, at).await?;
            if block.is_empty() {
                return Ok(all);
            }
            all.extend(block);
        }
    }

    async fn read_some(&self, n: usize, at: Caller) -> Result<Vec<u8>> {
        self.check()?;
        if self.0.buffer.borrow().is_empty() && !self.is_ended() {
            self.wait_for_data("read", Op::Read, at).await?;
        }
        let size = n.min(self.0.buffer.borrow().len());
        Ok(self.take(size))
    }

    /// Reads `n` bytes.
    ///
    /// # Errors
    /// `IncompleteReadError` when the end comes before, with what was read in [`IncompleteRead`];
    /// `ValueError` when `n` is negative.
    #[track_caller]
    pub fn readexactly(&self, n: i64) -> Coro<Vec<u8>> {
        let at = Location::caller();
        let reader = self.clone();
        Coro::new("StreamReader.readexactly", async move {
            if n < 0 {
                let text = "readexactly size can not be less than zero";
                return Err(Error::new("ValueError", text));
            }
            let n = at_most(n);
            reader.check()?;
            while reader.0.buffer.borrow().len() < n {
                if reader.is_ended() {
                    let partial = reader.0.buffer.take();
                    return Err(IncompleteRead::error(partial, Some(n)));
                }
                reader.wait_for_data("readexactly", Op::ReadExactly, at).await?;
            }
            if n == 0 { Ok(Vec::new()) } else { Ok(reader.take(n)) }
        })
    }

    /// Reads a line with its end; what there is when the end of the data comes before that.
    ///
    /// # Errors
    /// `ValueError` for a line above the limit, which is dropped as far as it has come.
    #[track_caller]
    pub fn readline(&self) -> Coro<Vec<u8>> {
        let at = Location::caller();
        let reader = self.clone();
        Coro::new("StreamReader.readline", async move { until::line(&reader, at).await })
    }

    /// The next line, or `None` at the end: `async for line in reader`.
    ///
    /// # Errors
    /// As [`StreamReader::readline`].
    #[track_caller]
    pub fn anext(&self) -> Coro<Option<Vec<u8>>> {
        let at = Location::caller();
        let reader = self.clone();
        Coro::new("StreamReader.__anext__", async move {
            let line = until::line(&reader, at).await?;
            Ok((!line.is_empty()).then_some(line))
        })
    }

    /// Reads up to and with a separator.
    ///
    /// # Errors
    /// `IncompleteReadError` when the end comes before, `LimitOverrunError` when there would be more
    /// than the limit before it, `ValueError` for an empty separator.
    #[track_caller]
    pub fn readuntil(&self, separator: impl AsRef<[u8]>) -> Coro<Vec<u8>> {
        self.readuntil_any([separator])
    }

    /// Reads up to and with whichever of several separators ends first: `readuntil` of a tuple.
    ///
    /// # Errors
    /// As [`StreamReader::readuntil`]; `ValueError` without any separator too.
    #[track_caller]
    pub fn readuntil_any<S: AsRef<[u8]>>(
        &self,
        separators: impl IntoIterator<Item = S>,
    ) -> Coro<Vec<u8>> {
        let at = Location::caller();
        let reader = self.clone();
        let separators: Vec<Vec<u8>> =
            separators.into_iter().map(|separator| separator.as_ref().to_vec()).collect();
        Coro::new("StreamReader.readuntil", async move {
            until::until(&reader, separators, Op::ReadUntil, at).await
        })
    }
}

/// A size, or the greatest there is.
fn at_most(n: i64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
