//! An exception object.

use super::error::Error;
use super::links::Links;
use super::repr::repr_str;
use std::any::Any;
use std::cell::RefCell;
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
pub struct Exception(Rc<Parts>);

struct Parts {
    class: Class,
    text: Option<Rc<str>>,
    /// What few have.
    more: Option<Box<More>>,
    links: RefCell<Option<Box<Links>>>,
}

/// The name of a type.
enum Class {
    Known(&'static str),
    Named(Rc<str>),
}

#[derive(Default)]
struct More {
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
        Exception::from_parts(type_name, text.into(), None)
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
        let more = More { is_base: true, ..More::default() };
        Exception::from_parts(type_name, text.into(), Some(more))
    }

    /// One whose only argument is an object with this `repr()`.
    ///
    /// ```
    /// let error = asyncio::Exception::with_object("LookupError", "<ContextVar name='v'>");
    /// assert_eq!(error.repr(), "LookupError(<ContextVar name='v'>)");
    /// ```
    pub fn with_object(type_name: &str, repr: &str) -> Self {
        let more = More { arguments: Some(repr.into()), ..More::default() };
        Exception::from_parts(type_name, repr.into(), Some(more))
    }

    /// The same, carrying an opaque value.
    pub fn with_payload(type_name: &str, text: impl Into<String>, payload: Rc<dyn Any>) -> Self {
        let more = More { payload: Some(payload), ..More::default() };
        Exception::from_parts(type_name, text.into(), Some(more))
    }

    /// An error of the operating system: `[Errno 111] Connection refused`.
    pub fn os(type_name: &str, number: i32, text: &str) -> Self {
        let arguments = format!("{number}, {}", repr_str(text));
        let text = format!("[Errno {number}] {text}");
        let more = More { arguments: Some(arguments), ..More::default() };
        Exception::from_parts(type_name, text, Some(more))
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
        let more = More { arguments: Some(arguments), members, ..More::default() };
        Exception::from_parts(type_name, text, Some(more))
    }

    /// One of a type that has no more to it than a message.
    pub(super) fn known(type_name: &'static str, message: Option<Rc<str>>) -> Self {
        // With an empty one it is another than without.
        let more = message
            .as_deref()
            .filter(|message| message.is_empty())
            .map(|_| Box::new(More { arguments: Some("''".into()), ..More::default() }));
        let class = Class::Known(type_name);
        Exception(Rc::new(Parts { class, text: message, more, links: RefCell::default() }))
    }

    fn from_parts(type_name: &str, text: String, more: Option<More>) -> Self {
        let (class, text) = (Class::Named(type_name.into()), Some(text.into()));
        let more = more.map(Box::new);
        Exception(Rc::new(Parts { class, text, more, links: RefCell::default() }))
    }

    /// Whether the two are the same exception, not only equal ones: Python's `is`.
    pub fn is(&self, other: &Exception) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// The name of its type, such as `ValueError`.
    pub fn type_name(&self) -> &str {
        match &self.0.class {
            Class::Known(name) => name,
            Class::Named(name) => name,
        }
    }

    /// The value it carries.
    pub fn payload(&self) -> Option<&Rc<dyn Any>> {
        self.0.more.as_ref()?.payload.as_ref()
    }

    /// The exceptions of a group; nothing for any other.
    pub fn members(&self) -> &[Error] {
        self.0.more.as_ref().map_or(&[], |more| &more.members)
    }

    /// The text, if it has one.
    pub(super) fn text(&self) -> &str {
        self.0.text.as_deref().unwrap_or_default()
    }

    pub(super) fn links(&self) -> &RefCell<Option<Box<Links>>> {
        &self.0.links
    }

    /// Whether `except Exception` lets it pass.
    pub(super) fn is_base(&self) -> bool {
        self.0.more.as_ref().is_some_and(|more| more.is_base)
            || matches!(
                self.type_name(),
                "BaseException" | "BaseExceptionGroup" | "SystemExit" | "KeyboardInterrupt"
            )
    }

    /// The last line of Python's traceback: `Type: text`, or the type alone without a text.
    pub fn headline(&self) -> String {
        match self.text() {
            "" => self.type_name().to_owned(),
            text => format!("{}: {text}", self.type_name()),
        }
    }

    /// What Python's `repr()` gives for it.
    pub fn repr(&self) -> String {
        let type_name = self.type_name();
        match self.0.more.as_ref().and_then(|more| more.arguments.as_ref()) {
            Some(arguments) => format!("{type_name}({arguments})"),
            None if self.text().is_empty() => format!("{type_name}()"),
            None => format!("{type_name}({})", repr_str(self.text())),
        }
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr())
    }
}
