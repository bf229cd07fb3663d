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
    /// `GeneratorExit`: an asynchronous generator is being closed. Not an [`Exception`] either.
    GeneratorExit,
    /// Any other exception.
    Exception(Exception),
}

/// An exception: a type name, a text, and whatever a front end wants to carry along.
///
/// ```
/// use asyncio::Exception;
/// let error = Exception::new("ValueError", "bad item");
/// assert_eq!(error.to_string(), "bad item"); // str(error)
/// assert_eq!(error.repr(), "ValueError('bad item')"); // repr(error)
/// ```
#[derive(Clone)]
pub struct Exception(Rc<Inner>);

struct Inner {
    type_name: Rc<str>,
    text: Rc<str>,
    /// What stands between the parentheses of its `repr()`, where that is not the text.
    arguments: Option<String>,
    members: Vec<Error>,
    payload: Option<Rc<dyn Any>>,
}

impl Exception {
    /// An exception of a type, with the text that `str()` gives for it.
    pub fn new(type_name: &str, text: impl Into<String>) -> Self {
        Exception::from_parts(type_name, text.into(), None, Vec::new(), None)
    }

    /// The same, carrying an opaque value.
    pub fn with_payload(type_name: &str, text: impl Into<String>, payload: Rc<dyn Any>) -> Self {
        Exception::from_parts(type_name, text.into(), None, Vec::new(), Some(payload))
    }

    /// An error of the operating system: `[Errno 111] Connection refused`.
    pub fn os(type_name: &str, number: i32, text: &str) -> Self {
        let arguments = format!("{number}, {}", repr_str(text));
        let text = format!("[Errno {number}] {text}");
        Exception::from_parts(type_name, text, Some(arguments), Vec::new(), None)
    }

    /// Several exceptions as one: an `ExceptionGroup`, or a `BaseExceptionGroup` where a
    /// cancellation is among them.
    ///
    /// ```
    /// use asyncio::{Error, Exception};
    /// let group = Exception::group("two jobs failed", vec![
    ///     Error::new("ValueError", "bad item"),
    ///     Error::new("OSError", ""),
    /// ]);
    /// assert_eq!(group.to_string(), "two jobs failed (2 sub-exceptions)");
    /// assert_eq!(group.repr(), "ExceptionGroup('two jobs failed', [ValueError('bad item'), OSError()])");
    /// ```
    pub fn group(message: &str, members: Vec<Error>) -> Self {
        let ordinary = members.iter().all(|member| member.exception().is_some());
        let type_name = if ordinary { "ExceptionGroup" } else { "BaseExceptionGroup" };
        let plural = if members.len() == 1 { "" } else { "s" };
        let text = format!("{message} ({} sub-exception{plural})", members.len());
        let reprs: Vec<_> = members.iter().map(Error::repr).collect();
        let arguments = format!("{}, [{}]", repr_str(message), reprs.join(", "));
        Exception::from_parts(type_name, text, Some(arguments), members, None)
    }

    fn from_parts(
        type_name: &str,
        text: String,
        arguments: Option<String>,
        members: Vec<Error>,
        payload: Option<Rc<dyn Any>>,
    ) -> Self {
        let (type_name, text) = (type_name.into(), text.into());
        Exception(Rc::new(Inner { type_name, text, arguments, members, payload }))
    }

    /// Whether the two are the same exception, not only equal ones: Python's `is`.
    pub fn is(&self, other: &Exception) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// The name of its type, such as `ValueError`.
    pub fn type_name(&self) -> &str {
        &self.0.type_name
    }

    /// The value it carries.
    pub fn payload(&self) -> Option<&Rc<dyn Any>> {
        self.0.payload.as_ref()
    }

    /// The exceptions of a group; nothing for any other.
    pub fn members(&self) -> &[Error] {
        &self.0.members
    }

    /// Whether `except Exception` lets it pass.
    fn is_base(&self) -> bool {
        matches!(
            self.type_name(),
            "BaseException" | "BaseExceptionGroup" | "SystemExit" | "KeyboardInterrupt"
        )
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
        let Inner { type_name, text, arguments, .. } = &*self.0;
        match arguments {
            Some(arguments) => format!("{type_name}({arguments})"),
            None if text.is_empty() => format!("{type_name}()"),
            None => format!("{type_name}({})", repr_str(text)),
        }
    }
}

/// Python's `repr()` of a string.
///
/// ```
/// use asyncio::repr_str;
/// assert_eq!(repr_str("it's\n"), r#""it's\n""#);
/// assert_eq!(repr_str("\u{ad}a\u{301}\u{200b}"), "'\\xada\u{301}\\u200b'");
/// ```
pub fn repr_str(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut repr = String::with_capacity(text.len() + 2);
    repr.push(quote);
    for character in text.chars() {
        match character {
            '\n' => repr.push_str("\\n"),
            '\r' => repr.push_str("\\r"),
            '\t' => repr.push_str("\\t"),
            '\\' => repr.push_str("\\\\"),
            character if character == quote => repr.extend(['\\', quote]),
            character if is_printable(character) => repr.push(character),
            character => repr.push_str(&match character as u32 {
                code @ ..0x100 => format!("\\x{code:02x}"),
                code @ ..0x1_0000 => format!("\\u{code:04x}"),
                code => format!("\\U{code:08x}"),
            }),
        }
    }
    repr.push(quote);
    repr
}

/// `str.isprintable` of a character: Rust escapes by the same categories, and besides only what would
/// combine with the quote before it, hence a letter in between.
fn is_printable(character: char) -> bool {
    matches!(character, ' '..='~')
        || String::from_iter(['a', character]).escape_debug().nth(1) != Some('\\')
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
            class = base_of(name);
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
