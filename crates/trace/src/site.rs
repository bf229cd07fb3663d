//! Places in programs.

use std::fmt;
use std::panic::Location;
use std::rc::Rc;

/// The line of a Rust program that called, as `#[track_caller]` has it.
pub type Caller = &'static Location<'static>;

/// A place in a program. Clones share what it says.
///
/// ```
/// use trace::{Place, Site};
/// let site = Site::new(Place { line: 12, ..Place::in_file("shop.py") });
/// assert_eq!(site.to_string(), "shop.py:12");
/// assert_eq!(site.line(), 12);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site(Rc<Place>);

/// What is known of a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file, relative to the program.
    pub file: Rc<str>,
    /// The line, from 1; 0 where it is not known.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// The function around it.
    pub function: Option<Rc<str>>,
}

impl Place {
    /// A file, and nothing more.
    pub fn in_file(file: impl Into<Rc<str>>) -> Self {
        Place { file: file.into(), line: 0, column: None, function: None }
    }
}

impl Site {
    /// A place.
    pub fn new(place: Place) -> Self {
        Site(Rc::new(place))
    }

    /// The file, relative to the program.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The line, from 1; 0 where it is not known.
    pub fn line(&self) -> u32 {
        self.0.line
    }

    /// All that is known of it.
    pub fn place(&self) -> &Place {
        &self.0
    }
}

impl From<Caller> for Site {
    fn from(caller: Caller) -> Self {
        let (file, line) = (caller.file().into(), caller.line());
        Site::new(Place { file, line, column: Some(caller.column()), function: None })
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0.file, self.0.line)
    }
}

/// The sites of Rust programs, each made once.
pub(crate) struct Sites {
    /// By address. A program has few lines that await, and they come again and again.
    recent: [Option<(Caller, Site)>; RECENT],
}

/// How many sites are remembered; a power of two.
const RECENT: usize = 64;

impl Default for Sites {
    fn default() -> Self {
        Sites { recent: std::array::from_fn(|_| None) }
    }
}

impl Sites {
    pub(crate) fn of(&mut self, caller: Caller) -> Site {
        let address = std::ptr::from_ref(caller).addr();
        let place = &mut self.recent[(address >> 3) % RECENT];
        match place {
            Some((known, site)) if std::ptr::eq(*known, caller) => site.clone(),
            _ => place.insert((caller, Site::from(caller))).1.clone(),
        }
    }
}
