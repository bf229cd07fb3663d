//! The operations that the table, `differential/language.json`, tells of; `build` writes their types.

use std::rc::Rc;

use asyncio::{ALL_COMPLETED, ReturnWhen};
use serde_json::Value as Json;

use super::fields::{At, Fields, FromJson, Read, word};
use super::new::New;
use super::random::Random;
use super::sorts::{Amount, Data, Lines, Separators};
use super::value::{Constant, ErrorSpec, Name};

/// What an operation names of its program, or the awaitables in it.
pub enum Part<'a> {
    Coroutine(&'a Name),
    Generator(&'a Name),
    Callback(&'a Name),
    Job(&'a Name),
    Awaitable(&'a Awaitable),
    Awaitables(&'a [Awaitable]),
}

include!(concat!(env!("OUT_DIR"), "/operations.rs"));

impl FromJson for Awaitable {
    fn read(json: &Json, at: &At) -> Read<Self> {
        if let Some(name) = json.as_str() {
            return Ok(Self::Name(name.into()));
        }
        let fields = Fields::of(json, at)?;
        let op: Rc<str> = fields.need("op")?;
        let awaitable = Self::of(&op, &fields)?;
        let awaitable =
            awaitable.ok_or_else(|| at.refuse(format_args!("\"{op}\" is no awaitable")))?;
        fields.end()?;
        Ok(awaitable)
    }
}
