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
    /// Its program.
    pub source: String,
}

/// The runs of a plan; those of awaits at once begin with the program as it is.
pub fn plan(what: &What, source: &str, places: &[Place]) -> Vec<Trial> {
    let as_it_is = |at: f64| Trial { at, source: source.to_owned() };
    match what {
        What::AtOnce if places.is_empty() => Vec::new(),
        What::AtOnce => {
            let places = places.iter().map(|place| Trial { at: 0.0, source: place.source.clone() });
            std::iter::once(as_it_is(0.0)).chain(places).collect()
        }
        What::Orders => (0..=WORLDS).map(|seed| as_it_is(f64::from(seed))).collect(),
        What::Sweep(constant) => {
            let values = constant.over_range(VALUES).into_iter();
            values
                .filter_map(|value| {
                    let (source, _) = constant.set(source, &constant.written(value))?;
                    Some(Trial { at: value, source })
                })
                .collect()
        }
    }
}

/// What does not change by what is tried itself: the program, without the value of the constant that is swept.
pub fn key(what: &What, source: &str) -> String {
    let without = match what {
        What::Sweep(constant) => constant.set(source, "0").map(|(source, _)| source),
        _ => None,
    };
    without.unwrap_or_else(|| source.to_owned())
}

/// How things vary in a world; the world of seed 0 is as written.
pub fn world(seed: u32) -> Json {
    if seed == 0 { json!({}) } else { json!({ "seed": seed, "vary": SPREAD }) }
}
