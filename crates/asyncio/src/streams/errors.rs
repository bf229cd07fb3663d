//! What `IncompleteReadError` and `LimitOverrunError` carry.

use crate::exceptions::{Error, Exception};
use std::rc::Rc;

/// The attributes of an `IncompleteReadError`.
///
/// ```
/// use asyncio::{self, IncompleteRead, StreamReader};
/// let failed = asyncio::run(async {
///     let reader = StreamReader::new();
///     reader.feed_data(b"abc")?;
///     reader.feed_eof();
///     let error = reader.readexactly(5).await.unwrap_err();
///     let attributes = IncompleteRead::of(&error);
///     assert!(attributes.is_some_and(|read| read.partial == b"abc" && read.expected == Some(5)));
///     Err::<(), _>(error)
/// });
/// let text = "IncompleteReadError: 3 bytes read on a total of 5 expected bytes";
/// assert_eq!(failed.unwrap_err().to_string(), text);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncompleteRead {
    /// What was read before the end.
    pub partial: Vec<u8>,
    /// How many bytes were wanted, if that is known.
    pub expected: Option<usize>,
}

impl IncompleteRead {
    /// Those of an error, if it is an `IncompleteReadError`.
    pub fn of(error: &Error) -> Option<Rc<Self>> {
        payload(error)
    }

    pub(super) fn error(partial: Vec<u8>, expected: Option<usize>) -> Error {
        let wanted = expected.map_or("undefined".into(), |expected| expected.to_string());
        let text = format!("{} bytes read on a total of {wanted} expected bytes", partial.len());
        let payload = Rc::new(IncompleteRead { partial, expected });
        Error::from(Exception::with_payload("IncompleteReadError", text, payload)).raised()
    }
}

/// The attribute of a `LimitOverrunError`.
///
/// ```
/// use asyncio::{self, LimitOverrun, StreamReader};
/// let consumed = asyncio::run(async {
///     let reader = StreamReader::with_limit(4)?;
///     reader.feed_data(b"too long\n")?;
///     let error = reader.readuntil(b"\n").await.unwrap_err();
///     Ok(LimitOverrun::of(&error).map(|overrun| overrun.consumed))
/// });
/// assert_eq!(consumed.unwrap(), Some(8));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitOverrun {
    /// How many bytes should be read first.
    pub consumed: usize,
}

impl LimitOverrun {
    /// That of an error, if it is a `LimitOverrunError`.
    pub fn of(error: &Error) -> Option<Rc<Self>> {
        payload(error)
    }

    pub(super) fn error(text: &str, consumed: usize) -> Error {
        let payload = Rc::new(LimitOverrun { consumed });
        Error::from(Exception::with_payload("LimitOverrunError", text, payload)).raised()
    }
}

fn payload<T: 'static>(error: &Error) -> Option<Rc<T>> {
    let payload = error.exception()?.payload()?.clone();
    payload.downcast().ok()
}
