//! Exceptions and cancellation as values.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// What a coroutine returns.
pub type Result<T = ()> = std::result::Result<T, Error>;

/// What may be raised at an `await`.
#[derive(Clone, Debug)]
pub enum Error {
    /// `asyncio.CancelledError`, with the message given to `cancel`, if any. As in Python it is not
    /// an [`Exception`]: code that handles exceptions lets it pass.
    Cancelled(Option<Rc<str>>),
    /// Any other exception.
    Exception(Exception),
}

/// An exception: a type name, a text, and whatever a front end wants to carry along.
///
/// ```
/// use coroscope::asyncio::Exception;
/// let error = Exception::new("ValueError", "bad item");
/// assert_eq!(error.to_string(), "bad item"); // str(error)
/// assert_eq!(error.repr(), "ValueError('bad item')"); // repr(error)
/// ```
#[derive(Clone)]
pub struct Exception(Rc<Inner>);

struct Inner {
    type_name: Rc<str>,
    text: Rc<str>,
    payload: Option<Rc<dyn Any>>,
}

impl Exception {
    /// An exception of a type, with the text that `str()` gives for it.
    pub fn new(type_name: &str, text: impl Into<String>) -> Self {
        Exception(Rc::new(Inner {
            type_name: type_name.into(),
            text: text.into().into(),
            payload: None,
        }))
    }

    /// The same, carrying an opaque value.
    pub fn with_payload(type_name: &str, text: impl Into<String>, payload: Rc<dyn Any>) -> Self {
        Exception(Rc::new(Inner {
            type_name: type_name.into(),
            text: text.into().into(),
            payload: Some(payload),
        }))
    }

    /// The name of its type, such as `ValueError`.
    pub fn type_name(&self) -> &str {
        &self.0.type_name
    }

    /// The value it carries.
    pub fn payload(&self) -> Option<&Rc<dyn Any>> {
        self.0.payload.as_ref()
    }

    /// The last line of Python's traceback: `Type: text`, or the type alone without a text.
    pub fn headline(&self) -> String {
        if self.0.text.is_empty() {
            self.0.type_name.to_string()
        } else {
            format!("{}: {}", self.0.type_name, self.0.text)
        }
    }

    /// What Python's `repr()` gives for it.
    pub fn repr(&self) -> String {
        if self.0.text.is_empty() {
            format!("{}()", self.0.type_name)
        } else {
            format!("{}('{}')", self.0.type_name, self.0.text)
        }
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr())
    }
}

impl Error {
    /// Makes an exception ready to be returned: `Err(Error::new("ValueError", "bad item"))`.
    pub fn new(type_name: &str, text: impl Into<String>) -> Self {
        Error::Exception(Exception::new(type_name, text))
    }

    /// Whether it is `CancelledError`.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Error::Cancelled(_))
    }

    /// Whether it is an exception of exactly this type.
    pub fn is(&self, type_name: &str) -> bool {
        self.type_name() == type_name
    }

    /// The name of its type.
    pub fn type_name(&self) -> &str {
        match self {
            Error::Cancelled(_) => "CancelledError",
            Error::Exception(exception) => exception.type_name(),
        }
    }

    /// What Python's `repr()` gives for it.
    pub fn repr(&self) -> String {
        match self {
            Error::Cancelled(None) => "CancelledError()".into(),
            Error::Cancelled(Some(message)) => format!("CancelledError('{message}')"),
            Error::Exception(exception) => exception.repr(),
        }
    }

    /// The last line of Python's traceback: `Type: text`, or the type alone without a text.
    pub fn headline(&self) -> String {
        match self {
            Error::Cancelled(message) => {
                Exception::new("CancelledError", message.as_deref().unwrap_or("")).headline()
            }
            Error::Exception(exception) => exception.headline(),
        }
    }

    /// The exception; `None` for a cancellation. This is `except Exception`.
    pub fn exception(&self) -> Option<&Exception> {
        match self {
            Error::Cancelled(_) => None,
            Error::Exception(exception) => Some(exception),
        }
    }
}

/// What Python's `str()` gives for it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Cancelled(message) => f.write_str(message.as_deref().unwrap_or("")),
            Error::Exception(exception) => exception.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<Exception> for Error {
    fn from(exception: Exception) -> Self {
        Error::Exception(exception)
    }
}
