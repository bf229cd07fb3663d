//! A line of a file: any event, with all fields that events have.

use crate::names::Names;
use crate::number::Number;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

/// A text, borrowed from the line where it has no escapes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Text<'a>(pub Cow<'a, str>);

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Text(text.into())
    }
}

impl Text<'_> {
    /// A text of its own.
    pub fn rc(self) -> Rc<str> {
        self.0.into()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Cow<'de, str>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(text.into())
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(text.to_owned().into())
            }
        }
        deserializer.deserialize_str(Texts).map(Text)
    }
}

macro_rules! record {
    ($($field:ident $name:literal: $type:ty,)+) => {
        /// A line. The names of its fields are those of the format; `docs/trace.md` tells what they mean.
        #[derive(Debug, Default, Serialize)]
        pub struct Record<'a> {
            $(
                #[serde(rename = $name, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )+
            /// What no event has.
            #[serde(flatten)]
            pub rest: Map<String, Json>,
            /// The fields that the line has, a bit each: nearly all of a line have four.
            #[serde(skip)]
            pub had: u64,
        }

        #[allow(non_camel_case_types, reason = "named as the fields")]
        #[derive(Clone, Copy)]
        enum Field { $($field,)+ }

        impl Field {
            const ALL: &[Field] = &[$(Field::$field),+];
        }

        static FIELDS: Names = Names::new(&[$($name),+]);

        impl<'de> Visitor<'de> for Filling<'_, 'de> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
                let record = self.0;
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    let Some(place) = FIELDS.find(&key.0) else {
                        record.rest.insert(key.0.into_owned(), map.next_value()?);
                        continue;
                    };
                    record.had |= 1 << place;
                    match Field::ALL[place] {
                        $(Field::$field => {
                            if record.$field.is_some() {
                                return Err(M::Error::duplicate_field($name));
                            }
                            record.$field = map.next_value()?;
                        })+
                    }
                }
                Ok(())
            }
        }

        impl Record<'_> {
            /// Whether it has fields that nobody has taken.
            pub fn has_more(&self) -> bool {
                let has = |place: &usize| match Field::ALL[*place] {
                    $(Field::$field => self.$field.is_some(),)+
                };
                let mut had = self.had;
                let places = std::iter::from_fn(|| {
                    let place = had.trailing_zeros();
                    had &= had.wrapping_sub(1);
                    (place < u64::BITS).then_some(place as usize)
                });
                !self.rest.is_empty() || { places }.any(|place| has(&place))
            }
        }
    };
}

/// Reads a line into a record of which everything has been taken. One record serves all lines: it is large, and
/// nearly all of it is empty.
struct Filling<'r, 'a>(&'r mut Record<'a>);

impl<'a> Record<'a> {
    /// Reads a line; `self` has nothing left of the one before.
    pub fn read(&mut self, line: &'a [u8]) -> serde_json::Result<()> {
        self.had = 0;
        let mut text = serde_json::Deserializer::from_slice(line);
        text.deserialize_map(Filling(self))?;
        text.end()
    }
}

record! {
    e "e": Text<'a>,
    t "t": Number,
    task "task": u64,
    parent "parent": u64,
    name "name": Text<'a>,
    eager "eager": bool,
    drift "drift": Number,
    wait "wait": Text<'a>,
    until "until": Number,
    tasks "tasks": Vec<u64>,
    resource "resource": u64,
    at "at": u64,
    by "by": u64,
    by_timer "by_timer": u64,
    by_timeout "by_timeout": u64,
    by_network "by_network": bool,
    outcome "outcome": Text<'a>,
    error "error": Text<'a>,
    handle "handle": u64,
    what "what": Text<'a>,
    due "due": Number,
    timeout "timeout": u64,
    event_loop "loop": u64,
    number "number": u64,
    seconds "seconds": Number,
    kind "kind": Text<'a>,
    limit "limit": u64,
    bound "bound": u64,
    parties "parties": u64,
    workers "workers": u64,
    processes "processes": bool,
    outward "outward": bool,
    port "port": u16,
    free "free": u64,
    depth "depth": u64,
    unfinished "unfinished": u64,
    immediate "immediate": bool,
    count "count": u64,
    waiting "waiting": u64,
    broken "broken": bool,
    job "job": u32,
    worker "worker": u64,
    bytes "bytes": u64,
    arrival "arrival": Number,
    value "value": Number,
    text "text": Text<'a>,
    message "message": Text<'a>,
    about "about": u64,
    late "late": bool,
    site "site": u64,
    file "file": Text<'a>,
    line "line": u32,
    column "column": u32,
    function "function": Text<'a>,
    arguments "arguments": Text<'a>,
    within "within": u64,
    end "end": Text<'a>,
    type_name "type": Text<'a>,
    blocked "blocked": Vec<u64>,
}
