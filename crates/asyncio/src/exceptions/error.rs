//! What is raised at an `await`: exceptions and cancellation as values.

use super::exception::Exception;
use std::fmt;
use std::rc::Rc;

/// What a coroutine returns.
pub type Result<T = ()> = std::result::Result<T, Error>;

/// What may be raised at an `await`.
#[derive(Clone, Debug)]
pub enum Error {
    /// `asyncio.CancelledError`, with the message given to `cancel`, if any. As in Python it is no
    /// `Exception`: code that handles exceptions lets it pass.
    Cancelled(Exception),
    /// `GeneratorExit`: an asynchronous generator is being closed. No `Exception` either.
    GeneratorExit(Exception),
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
    /// Makes an exception ready to be returned: `Err(Error::new("ValueError", "bad item"))`. As `raise`
    /// does, it notes [what is being handled](super::being_handled) as the context.
    pub fn new(type_name: &str, text: impl Into<String>) -> Self {
        Error::Exception(Exception::new(type_name, text)).raised()
    }

    /// A `CancelledError` that nobody has raised yet.
    pub fn cancelled(message: Option<Rc<str>>) -> Self {
        Error::Cancelled(Exception::known("CancelledError", message))
    }

    /// A `GeneratorExit` that nobody has raised yet.
    pub fn generator_exit() -> Self {
        Error::GeneratorExit(Exception::known("GeneratorExit", None))
    }

    /// The object, whatever its type.
    pub fn object(&self) -> &Exception {
        match self {
            Error::Cancelled(object) | Error::GeneratorExit(object) | Error::Exception(object) => {
                object
            }
        }
    }

    /// Whether the two are the same exception: Python's `is`.
    pub fn is_same(&self, other: &Error) -> bool {
        self.object().is(other.object())
    }

    /// Whether it is `CancelledError`.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Error::Cancelled(_))
    }

    /// Whether it is one of those that a loop does not deal with: they leave `run_forever` from inside the
    /// handle that raises them.
    pub fn leaves_loop(&self) -> bool {
        self.is_a("SystemExit") || self.is_a("KeyboardInterrupt")
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
    /// assert!(!Error::cancelled(None).is_a("Exception"));
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
        self.object().type_name()
    }

    /// What Python's `repr()` gives for it.
    pub fn repr(&self) -> String {
        self.object().repr()
    }

    /// The last line of Python's traceback: `Type: text`, or the type alone without a text.
    pub fn headline(&self) -> String {
        self.object().headline()
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
        self.object().members()
    }
}

/// What Python's `str()` gives for it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.object().fmt(f)
    }
}

impl std::error::Error for Error {}

impl From<Exception> for Error {
    fn from(exception: Exception) -> Self {
        Error::Exception(exception)
    }
}
