//! What is raised at an `await`: exceptions and cancellation as values.

use super::exception::Exception;
use super::repr::repr_str;
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
    /// `GeneratorExit`: an asynchronous generator is being closed. Not an [`Exception`] either.
    GeneratorExit,
    /// Any other exception.
    Exception(Exception),
}

/// The class that a built-in exception type derives from, up to `Exception`.
fn base_of(type_name: &str) -> Option<&'static str> {
    Some(match type_name {
        "ConnectionRefusedError"
        | "ConnectionResetError"
        | "ConnectionAbortedError"
        | "BrokenPipeError" => "ConnectionError",
        "ConnectionError" | "TimeoutError" | "gaierror" | "FileNotFoundError"
        | "PermissionError" => "OSError",
        "BrokenBarrierError" | "NotImplementedError" | "RecursionError" => "RuntimeError",
        "IncompleteReadError" => "EOFError",
        "KeyError" | "IndexError" => "LookupError",
        "ZeroDivisionError" | "OverflowError" => "ArithmeticError",
        "UnicodeError" => "ValueError",
        "CancelledError" | "GeneratorExit" | "SystemExit" | "KeyboardInterrupt"
        | "BaseExceptionGroup" => "BaseException",
        "BaseException" => return None,
        "Exception" => "BaseException",
        _ => "Exception",
    })
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

    /// Whether `except type_name` catches it: it is of this type or of one derived from it. The
    /// relations of the built-in types and of asyncio's are known.
    ///
    /// ```
    /// use asyncio::Error;
    /// let error = Error::new("ConnectionRefusedError", "");
    /// assert!(error.is_a("OSError") && error.is_a("Exception") && !error.is_a("ValueError"));
    /// assert!(!Error::Cancelled(None).is_a("Exception"));
    /// ```
    pub fn is_a(&self, type_name: &str) -> bool {
        let mut class = Some(self.type_name());
        while let Some(name) = class {
            if name == type_name || (name == "ExceptionGroup" && type_name == "BaseExceptionGroup")
            {
                return true;
            }
            class = match self {
                Error::Exception(exception) if name == exception.type_name() => base_of(name)
                    .map(|base| if exception.is_base() { "BaseException" } else { base }),
                _ => base_of(name),
            };
        }
        false
    }

    /// The name of its type.
    pub fn type_name(&self) -> &str {
        match self {
            Error::Cancelled(_) => "CancelledError",
            Error::GeneratorExit => "GeneratorExit",
            Error::Exception(exception) => exception.type_name(),
        }
    }

    /// What Python's `repr()` gives for it.
    pub fn repr(&self) -> String {
        match self {
            Error::Cancelled(None) => "CancelledError()".into(),
            Error::Cancelled(Some(message)) => format!("CancelledError({})", repr_str(message)),
            Error::GeneratorExit => "GeneratorExit()".into(),
            Error::Exception(exception) => exception.repr(),
        }
    }

    /// The last line of Python's traceback: `Type: text`, or the type alone without a text.
    pub fn headline(&self) -> String {
        match self {
            Error::Cancelled(message) => {
                Exception::new("CancelledError", message.as_deref().unwrap_or("")).headline()
            }
            Error::GeneratorExit => "GeneratorExit".into(),
            Error::Exception(exception) => exception.headline(),
        }
    }

    /// The exception, if `except Exception` catches it: no cancellation does.
    pub fn exception(&self) -> Option<&Exception> {
        match self {
            Error::Exception(exception) if !exception.is_base() => Some(exception),
            _ => None,
        }
    }

    /// The exceptions of a group; nothing for anything else.
    pub fn members(&self) -> &[Error] {
        match self {
            Error::Exception(exception) => exception.members(),
            _ => &[],
        }
    }
}

/// What Python's `str()` gives for it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Cancelled(message) => f.write_str(message.as_deref().unwrap_or("")),
            Error::GeneratorExit => Ok(()),
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
