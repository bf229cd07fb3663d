//! Values and errors as they are written in a program.

use std::rc::Rc;

use serde_json::Value as Json;

use super::fields::{At, Fields, FromJson, Read};
use crate::differential::lists::{HANDLED, RAISED};

/// A name of a variable, a coroutine, a callback …
pub type Name = Rc<str>;

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Rc<str>),
    List(Vec<Constant>),
    /// The value that a variable has when the operation is done.
    Variable(Name),
}

impl FromJson for Constant {
    fn read(json: &Json, at: &At) -> Read<Self> {
        Ok(match json {
            Json::Null => Self::None,
            Json::Bool(yes) => Self::Bool(*yes),
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Self::Int(whole),
                (None, Some(float)) if !number.is_u64() => Self::Float(float),
                _ => return Err(at.refuse("too large a number")),
            },
            Json::String(text) => Self::Text(text.as_str().into()),
            Json::Array(_) => Self::List(Vec::read(json, at)?),
            Json::Object(_) => {
                let fields = Fields::of(json, at)?;
                let name = fields.need("var")?;
                fields.end()?;
                Self::Variable(name)
            }
        })
    }
}

/// An exception to raise or to set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorSpec {
    /// The name of its class.
    pub class: &'static str,
    /// Its only argument, if it has one.
    pub text: Option<Rc<str>>,
}

impl FromJson for ErrorSpec {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let fields = Fields::of(json, at)?;
        let Class(class) = fields.need("type")?;
        if !RAISED.contains(&class) {
            return Err(fields.refuse(format_args!("{class} cannot be raised by a program")));
        }
        let text: Option<Rc<str>> = fields.maybe("text")?;
        if text.as_deref() == Some("") {
            return Err(fields.refuse("\"text\" is empty: leave it out"));
        }
        fields.end()?;
        Ok(Self { class, text })
    }
}

/// The name of an exception class that both sides know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(pub &'static str);

impl FromJson for Class {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let name = json.as_str().ok_or_else(|| at.refuse("not a text"))?;
        let found = RAISED.iter().chain(HANDLED).find(|class| **class == name);
        found
            .map(|class| Self(class))
            .ok_or_else(|| at.refuse(format_args!("unknown exception \"{name}\"")))
    }
}
