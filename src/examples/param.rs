//! Parameters of an example: what may be turned, within which bounds.

/// What a parameter may be and what it is to begin with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number with a fraction, on the grid `min + k * step`.
    Float {
        /// Value to begin with.
        default: f64,
        /// Least value allowed.
        min: f64,
        /// Greatest value allowed.
        max: f64,
        /// Distance between neighbouring values of the slider.
        step: f64,
    },
    /// A whole number.
    Int {
        /// Value to begin with.
        default: i64,
        /// Least value allowed.
        min: i64,
        /// Greatest value allowed.
        max: i64,
    },
    /// Yes or no.
    Bool {
        /// Value to begin with.
        default: bool,
    },
    /// One of a few words; a string in Python.
    Choice {
        /// Value to begin with.
        default: &'static str,
        /// The words to choose from.
        options: &'static [&'static str],
    },
    /// A list of numbers with fractions, edited element by element and in length.
    Floats {
        /// Elements to begin with.
        default: &'static [f64],
        /// Least value of an element.
        min: f64,
        /// Greatest value of an element.
        max: f64,
        /// Distance between neighbouring values of an element's slider.
        step: f64,
        /// Least number of elements.
        min_len: usize,
        /// Greatest number of elements.
        max_len: usize,
    },
}

/// What a number counts; shown behind its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds of loop time.
    Seconds,
    /// Things: tasks, permits, items.
    Count,
    /// No unit: a word, a switch, an index.
    None,
}

/// One parameter of an example: an upper-case constant of its Python twin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// The constant's name in the Python twin, such as `DELAYS`. The label shown to readers is the
    /// text `EXAMPLE_ID.params.NAME` of the example's words.
    pub name: &'static str,
    /// Its kind, default and bounds.
    pub kind: Kind,
    /// What its numbers count.
    pub unit: Unit,
}
