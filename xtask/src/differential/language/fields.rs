//! Reading a program's JSON, with the place of every mistake.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

/// Why a program is refused, and where: `coroutines.main[2].body[0]: unknown op "slep"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    at: String,
    why: String,
}

impl Refusal {
    /// Why it is refused.
    pub fn why(&self) -> &str {
        &self.why
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at.is_empty() {
            f.write_str(&self.why)
        } else {
            write!(f, "{}: {}", self.at, self.why)
        }
    }
}

impl std::error::Error for Refusal {}

/// A result of reading.
pub type Read<T> = Result<T, Refusal>;

/// A place in the JSON: a field or an element of the one it is in.
#[derive(Clone, Copy)]
pub enum At<'a> {
    /// The whole.
    Top,
    Field(&'a At<'a>, &'a str),
    Element(&'a At<'a>, usize),
}

impl At<'_> {
    /// The refusal of what stands here.
    pub fn refuse(&self, why: impl fmt::Display) -> Refusal {
        Refusal { at: self.to_string(), why: why.to_string() }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Top => Ok(()),
            At::Field(At::Top, name) => f.write_str(name),
            At::Field(outer, name) => write!(f, "{outer}.{name}"),
            At::Element(outer, n) => write!(f, "{outer}[{n}]"),
        }
    }
}

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// Reads it.
    fn read(json: &Json, at: &At) -> Read<Self>;
}

/// The fields of an object. Each is asked for by name; any that was not is a mistake.
pub struct Fields<'a> {
    map: &'a Map<String, Json>,
    at: &'a At<'a>,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    /// The fields of what has to be an object.
    pub fn of(json: &'a Json, at: &'a At<'a>) -> Read<Self> {
        let map = json.as_object().ok_or_else(|| at.refuse("not an object"))?;
        Ok(Self { map, at, known: RefCell::default() })
    }

    /// The refusal of the object.
    pub fn refuse(&self, why: impl fmt::Display) -> Refusal {
        self.at.refuse(why)
    }

    /// A field that may be left out.
    pub fn maybe<T: FromJson>(&self, name: &'static str) -> Read<Option<T>> {
        self.known.borrow_mut().push(name);
        let Some(json) = self.map.get(name) else { return Ok(None) };
        T::read(json, &At::Field(self.at, name)).map(Some)
    }

    /// A field with what holds without it.
    pub fn or<T: FromJson>(&self, name: &'static str, default: T) -> Read<T> {
        Ok(self.maybe(name)?.unwrap_or(default))
    }

    /// A field that has to be there.
    pub fn need<T: FromJson>(&self, name: &'static str) -> Read<T> {
        self.maybe(name)?.ok_or_else(|| self.refuse(format_args!("\"{name}\" is missing")))
    }

    /// Whether a field is there.
    pub fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    /// Refuses fields that nobody asked for.
    pub fn end(&self) -> Read<()> {
        let known = self.known.borrow();
        match self.map.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(self.refuse(format_args!("unknown field \"{name}\""))),
            None => Ok(()),
        }
    }
}

impl FromJson for bool {
    fn read(json: &Json, at: &At) -> Read<Self> {
        json.as_bool().ok_or_else(|| at.refuse("not true or false"))
    }
}

impl FromJson for String {
    fn read(json: &Json, at: &At) -> Read<Self> {
        json.as_str().map(str::to_owned).ok_or_else(|| at.refuse("not a text"))
    }
}

impl FromJson for Rc<str> {
    fn read(json: &Json, at: &At) -> Read<Self> {
        json.as_str().map(Rc::from).ok_or_else(|| at.refuse("not a text"))
    }
}

/// Seconds, or any other number for which 2 is the same as 2.0.
impl FromJson for f64 {
    fn read(json: &Json, at: &At) -> Read<Self> {
        json.as_f64().ok_or_else(|| at.refuse("not a number"))
    }
}

impl FromJson for i64 {
    fn read(json: &Json, at: &At) -> Read<Self> {
        json.as_i64().ok_or_else(|| at.refuse("not a whole number"))
    }
}

impl FromJson for usize {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let number = json.as_u64().and_then(|number| usize::try_from(number).ok());
        number.ok_or_else(|| at.refuse("not a whole number from 0 on"))
    }
}

impl FromJson for u16 {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let number = json.as_u64().and_then(|number| u16::try_from(number).ok());
        number.ok_or_else(|| at.refuse("not a whole number from 0 to 65535"))
    }
}

impl FromJson for u64 {
    fn read(json: &Json, at: &At) -> Read<Self> {
        json.as_u64().ok_or_else(|| at.refuse("not a whole number from 0 on"))
    }
}

/// Null, where Python takes `None`.
impl<T: FromJson> FromJson for Option<T> {
    fn read(json: &Json, at: &At) -> Read<Self> {
        if json.is_null() { Ok(None) } else { T::read(json, at).map(Some) }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let list = json.as_array().ok_or_else(|| at.refuse("not a list"))?;
        let elements = list.iter().enumerate();
        elements.map(|(n, element)| T::read(element, &At::Element(at, n))).collect()
    }
}

impl<T: FromJson> FromJson for Rc<[T]> {
    fn read(json: &Json, at: &At) -> Read<Self> {
        Vec::read(json, at).map(Rc::from)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn read(json: &Json, at: &At) -> Read<Self> {
        T::read(json, at).map(Box::new)
    }
}

/// One of several words.
pub fn word<T: Copy>(json: &Json, at: &At, words: &[(&str, T)]) -> Read<T> {
    let found = json.as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        at.refuse(format_args!("not one of {}", words.join(", ")))
    })
}
