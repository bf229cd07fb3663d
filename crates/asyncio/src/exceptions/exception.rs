//! An exception object.

use super::error::Error;
use super::repr::repr_str;
use std::any::Any;
use std::fmt;
use std::rc::Rc;

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
    /// Whether its type, which nobody else knows, is derived from `BaseException` alone.
    is_base: bool,
}

impl Exception {
    /// An exception of a type, with the text that `str()` gives for it.
    pub fn new(type_name: &str, text: impl Into<String>) -> Self {
        Exception::from_parts(type_name, text.into(), None, Vec::new(), None)
    }

    /// One that `except Exception` lets pass, of whatever type: a class derived from `BaseException`.
    ///
    /// ```
    /// use asyncio::{Error, Exception};
    /// let error = Error::from(Exception::base("Leave", "now"));
    /// assert!(error.is_a("Leave") && error.is_a("BaseException") && !error.is_a("Exception"));
    /// assert_eq!(Exception::group("two", vec![error]).type_name(), "BaseExceptionGroup");
    /// ```
    pub fn base(type_name: &str, text: impl Into<String>) -> Self {
        let (type_name, text) = (type_name.into(), text.into().into());
        let (arguments, members, payload) = (None, Vec::new(), None);
        Exception(Rc::new(Inner { type_name, text, arguments, members, payload, is_base: true }))
    }

    /// One whose only argument is an object with this `repr()`.
    ///
    /// ```
    /// let error = asyncio::Exception::with_object("LookupError", "<ContextVar name='v'>");
    /// assert_eq!(error.repr(), "LookupError(<ContextVar name='v'>)");
    /// ```
    pub fn with_object(type_name: &str, repr: &str) -> Self {
        Exception::from_parts(type_name, repr.into(), Some(repr.into()), Vec::new(), None)
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
        Exception(Rc::new(Inner { type_name, text, arguments, members, payload, is_base: false }))
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
    pub(super) fn is_base(&self) -> bool {
        self.0.is_base
            || matches!(
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
