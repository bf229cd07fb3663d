//! Places in programs.

use std::collections::HashMap;
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
    /// Where that function is awaited that stands here: the frame around.
    pub within: Option<Site>,
}

impl Place {
    /// A file, and nothing more.
    pub fn in_file(file: impl Into<Rc<str>>) -> Self {
        Place { file: file.into(), line: 0, column: None, function: None, within: None }
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

    /// The places that are awaited in one another, as far as they are known: the outermost first, this one last.
    ///
    /// ```
    /// use trace::{Place, Site};
    /// let outer = Site::new(Place { line: 3, ..Place::in_file("shop.py") });
    /// let inner = Site::new(Place { line: 9, within: Some(outer), ..Place::in_file("shop.py") });
    /// assert_eq!(inner.frames().iter().map(|site| site.line()).collect::<Vec<_>>(), [3, 9]);
    /// ```
    pub fn frames(&self) -> Vec<&Site> {
        let mut frames = vec![self];
        let mut last = self;
        while let Some(within) = &last.0.within {
            frames.push(within);
            last = within;
        }
        frames.reverse();
        frames
    }

    /// All that is known of it.
    pub fn place(&self) -> &Place {
        &self.0
    }
}

impl From<Caller> for Site {
    fn from(caller: Caller) -> Self {
        let (file, line) = (caller.file().into(), caller.line());
        let column = Some(caller.column());
        Site::new(Place { file, line, column, function: None, within: None })
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0.file, self.0.line)
    }
}

/// The sites of Rust programs, each made once and numbered from 1.
pub(crate) struct Sites {
    known: Vec<Site>,
    numbers: HashMap<usize, u16>,
    /// Some of them by address: a program has few lines that await, and they come again and again.
    recent: [(usize, u16); RECENT],
}

/// How many are found at once; a power of two.
const RECENT: usize = 64;

impl Default for Sites {
    fn default() -> Self {
        Sites { known: Vec::new(), numbers: HashMap::new(), recent: [(0, 0); RECENT] }
    }
}

impl Sites {
    /// The number of a site; none when there are more of them than numbers.
    #[inline]
    pub(crate) fn number(&mut self, caller: Caller) -> Option<u16> {
        let address = std::ptr::from_ref(caller).addr();
        let (known, number) = self.recent[(address >> 3) % RECENT];
        if known == address { Some(number) } else { self.look_up(caller, address) }
    }

    #[cold]
    fn look_up(&mut self, caller: Caller, address: usize) -> Option<u16> {
        let number = match self.numbers.get(&address) {
            Some(number) => *number,
            None => {
                let number = u16::try_from(self.known.len() + 1).ok()?;
                self.known.push(Site::from(caller));
                self.numbers.insert(address, number);
                number
            }
        };
        self.recent[(address >> 3) % RECENT] = (address, number);
        Some(number)
    }

    /// The site of this number; none of 0.
    pub(crate) fn numbered(&self, number: u16) -> Option<Site> {
        self.known.get(usize::from(number).checked_sub(1)?).cloned()
    }
}
