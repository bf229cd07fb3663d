//! Sorts of what fields hold that are checked more than their types are.

use std::rc::Rc;

use asyncio::{ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, ReturnWhen};
use serde_json::Value as Json;

use super::fields::{At, FromJson, Read, word};
use super::value::Constant;

/// A number that is added.
pub struct Amount(Constant);

impl FromJson for Amount {
    fn read(json: &Json, at: &At) -> Read<Self> {
        match Constant::read(json, at)? {
            number @ (Constant::Int(_) | Constant::Float(_)) => Ok(Self(number)),
            _ => Err(at.refuse("not a number")),
        }
    }
}

impl From<Amount> for Constant {
    fn from(Amount(number): Amount) -> Self {
        number
    }
}

/// Bytes to send: a text, or a variable.
pub struct Data(Constant);

impl FromJson for Data {
    fn read(json: &Json, at: &At) -> Read<Self> {
        match Constant::read(json, at)? {
            data @ (Constant::Text(_) | Constant::Variable(_)) => Ok(Self(data)),
            _ => Err(at.refuse("neither a text nor a variable")),
        }
    }
}

impl From<Data> for Constant {
    fn from(Data(data): Data) -> Self {
        data
    }
}

/// What ends what is read: a text, or any of several, which Python has as a tuple.
#[derive(Clone, Debug)]
pub struct Separators(pub Vec<Rc<str>>);

impl Separators {
    /// One alone.
    pub fn one(text: &str) -> Self {
        Self(vec![text.into()])
    }
}

impl FromJson for Separators {
    fn read(json: &Json, at: &At) -> Read<Self> {
        if json.is_array() {
            Vec::read(json, at).map(Self)
        } else {
            Ok(Self(vec![Rc::read(json, at)?]))
        }
    }
}

/// Several such.
pub struct Lines(Vec<Data>);

impl FromJson for Lines {
    fn read(json: &Json, at: &At) -> Read<Self> {
        Vec::read(json, at).map(Self)
    }
}

impl From<Lines> for Vec<Constant> {
    fn from(Lines(lines): Lines) -> Self {
        lines.into_iter().map(Constant::from).collect()
    }
}

impl FromJson for ReturnWhen {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let words = [
            ("ALL_COMPLETED", ALL_COMPLETED),
            ("FIRST_COMPLETED", FIRST_COMPLETED),
            ("FIRST_EXCEPTION", FIRST_EXCEPTION),
        ];
        word(json, at, &words)
    }
}
