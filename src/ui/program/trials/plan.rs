//! What is tried with a program, and what the engine is asked for that.

use super::super::constants::Constant;
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// In how many worlds a program is run to see which orders are possible.
pub const WORLDS: u32 = 24;
/// By how much everything takes more or less time there, as a part.
pub const SPREAD: f64 = 0.2;
/// At most so many values of a constant are tried.
const VALUES: usize = 13;
/// At most so many values of each of two: there are as many runs as pairs.
const VALUES_OF_TWO: usize = 9;

/// What is tried.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Awaits at once that stand one after the other.
    AtOnce,
    /// A constant over its range.
    Sweep(Constant),
    /// Worlds in which things take a little more or less time.
    Orders,
}

/// A place with awaits one after the other, as `engine/sequences.py` has it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Place {
    /// Its first line, from 1.
    pub line: u32,
    /// Its last.
    pub to: u32,
    /// The program with these at once.
    pub source: String,
}

/// A run that is to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The value of the constant, or the seed of the world.
    pub at: f64,
    /// The value of the second constant, where there are two.
    pub second: Option<f64>,
    /// Its program.
    pub source: String,
}

/// The runs of a plan; those of awaits at once begin with the program as it is.
/// Of two constants, the first runs through its values for every value of the second.
pub fn plan(what: &What, second: Option<&Constant>, source: &str, places: &[Place]) -> Vec<Trial> {
    let as_it_is = |at: f64| Trial { at, second: None, source: source.to_owned() };
    match what {
        What::AtOnce if places.is_empty() => Vec::new(),
        What::AtOnce => {
            let at_once = |place: &Place| Trial { source: place.source.clone(), ..as_it_is(0.0) };
            std::iter::once(as_it_is(0.0)).chain(places.iter().map(at_once)).collect()
        }
        What::Orders => (0..=WORLDS).map(|seed| as_it_is(f64::from(seed))).collect(),
        What::Sweep(constant) => {
            let most = if second.is_some() { VALUES_OF_TWO } else { VALUES };
            let seconds = match second {
                Some(second) => second.over_range(most).into_iter().map(Some).collect(),
                None => vec![None],
            };
            let values = constant.over_range(most);
            let pairs = seconds.iter().flat_map(|second| values.iter().map(|at| (*at, *second)));
            pairs
                .filter_map(|(at, other)| {
                    let source = set(constant, second.zip(other), source, at)?;
                    Some(Trial { at, second: other, source })
                })
                .collect()
        }
    }
}

/// The program with values for a constant and for a second one.
pub fn set(
    constant: &Constant,
    second: Option<(&Constant, f64)>,
    source: &str,
    value: f64,
) -> Option<String> {
    // Each stands on a line of its own, so neither moves the other.
    let (source, _) = constant.set(source, &constant.written(value))?;
    match second {
        Some((second, value)) => Some(second.set(&source, &second.written(value))?.0),
        None => Some(source),
    }
}

/// What does not change by what is tried itself: the program, without the values of the constants that are swept.
pub fn key(what: &What, second: Option<&Constant>, source: &str) -> String {
    let without = match what {
        What::Sweep(constant) => set(constant, second.map(|second| (second, 0.0)), source, 0.0),
        _ => None,
    };
    without.unwrap_or_else(|| source.to_owned())
}

/// How things vary in a world; the world of seed 0 is as written.
pub fn world(seed: u32) -> Json {
    if seed == 0 { json!({}) } else { json!({ "seed": seed, "vary": SPREAD }) }
}
