//! Parameters of an example: what may be turned, within which bounds.

use crate::Value;
use std::ops::RangeInclusive;

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
    /// Things per second.
    PerSecond,
    /// Bytes per second.
    BytesPerSecond,
    /// A probability, from 0 to 1.
    Probability,
    /// No unit: a word, a switch, an index.
    None,
}

/// One parameter of an example: an upper-case constant of its Python twin, or something of the
/// [network](Param::is_of_network) that the program runs on.
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

impl Param {
    /// A number of seconds, on the grid `min + k * step`.
    pub const fn seconds(name: &'static str, default: f64, min: f64, max: f64, step: f64) -> Self {
        Param { name, kind: Kind::Float { default, min, max, step }, unit: Unit::Seconds }
    }

    /// A list of as many numbers of seconds as `lengths` allows, each on the grid `min + k * step`.
    pub const fn seconds_list(
        name: &'static str,
        default: &'static [f64],
        min: f64,
        max: f64,
        step: f64,
        lengths: RangeInclusive<usize>,
    ) -> Self {
        let (min_len, max_len) = (*lengths.start(), *lengths.end());
        let kind = Kind::Floats { default, min, max, step, min_len, max_len };
        Param { name, kind, unit: Unit::Seconds }
    }

    /// A number without a unit, on the grid `min + k * step`.
    pub const fn number(name: &'static str, default: f64, min: f64, max: f64, step: f64) -> Self {
        Param { name, kind: Kind::Float { default, min, max, step }, unit: Unit::None }
    }

    /// Which of several, counted from 0.
    pub const fn index(name: &'static str, default: i64, max: i64) -> Self {
        Param { name, kind: Kind::Int { default, min: 0, max }, unit: Unit::None }
    }

    /// A number of things.
    pub const fn count(name: &'static str, default: i64, min: i64, max: i64) -> Self {
        Param { name, kind: Kind::Int { default, min, max }, unit: Unit::Count }
    }

    /// A number of things per second.
    pub const fn rate(name: &'static str, default: f64, min: f64, max: f64, step: f64) -> Self {
        Param { name, kind: Kind::Float { default, min, max, step }, unit: Unit::PerSecond }
    }

    /// A probability, from 0 to `max` in steps of 0.05.
    pub const fn probability(name: &'static str, default: f64, max: f64) -> Self {
        let kind = Kind::Float { default, min: 0.0, max, step: 0.05 };
        Param { name, kind, unit: Unit::Probability }
    }

    /// A switch.
    pub const fn switch(name: &'static str, default: bool) -> Self {
        Param { name, kind: Kind::Bool { default }, unit: Unit::None }
    }

    /// The seed of a program's random numbers.
    pub const fn seed(name: &'static str, default: i64) -> Self {
        Param { name, kind: Kind::Int { default, min: 0, max: 99 }, unit: Unit::None }
    }

    /// One of a few words, without blanks and commas: they stand in links as they are.
    pub const fn choice(
        name: &'static str,
        default: &'static str,
        options: &'static [&'static str],
    ) -> Self {
        Param { name, kind: Kind::Choice { default, options }, unit: Unit::None }
    }

    /// The latency of the network in one direction, in seconds: `NETWORK_LATENCY`.
    pub const fn network_latency(default: f64, min: f64, max: f64, step: f64) -> Self {
        Param::seconds("NETWORK_LATENCY", default, min, max, step)
    }

    /// What each connection carries in each direction, in bytes per second: `NETWORK_BANDWIDTH`.
    pub const fn network_bandwidth(default: i64, min: i64, max: i64) -> Self {
        let kind = Kind::Int { default, min, max };
        Param { name: "NETWORK_BANDWIDTH", kind, unit: Unit::BytesPerSecond }
    }

    /// The probability that a segment is lost and sent again after a time-out: `NETWORK_LOSS`.
    pub const fn network_loss(default: f64, max: f64) -> Self {
        Param::probability("NETWORK_LOSS", default, max)
    }

    /// The values at the ends of its range: of lists all at an end, and the shortest and the longest; of choices all.
    pub fn ends(&self) -> Vec<Value> {
        match self.kind {
            Kind::Float { min, max, .. } => vec![Value::Float(min), Value::Float(max)],
            Kind::Int { min, max, .. } => vec![Value::Int(min), Value::Int(max)],
            Kind::Bool { .. } => vec![Value::Bool(false), Value::Bool(true)],
            Kind::Choice { options, .. } => options.iter().copied().map(Value::Choice).collect(),
            Kind::Floats { default, min, max, min_len, max_len, .. } => {
                let of_length = |n| default.iter().copied().cycle().take(n).collect();
                vec![
                    Value::Floats(vec![min; default.len()]),
                    Value::Floats(vec![max; default.len()]),
                    Value::Floats(of_length(min_len)),
                    Value::Floats(of_length(max_len)),
                ]
            }
        }
    }

    /// Whether it is no constant of the twin but of the simulated network below it: a program cannot
    /// choose its network, so the twin has no such constant.
    pub fn is_of_network(&self) -> bool {
        self.name.starts_with("NETWORK_")
    }
}
