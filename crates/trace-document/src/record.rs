//! A line of a file: any event, with all fields that events have.

use crate::number::Number;
use serde::de::{Error, Visitor};
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
    ($($(#[$meta:meta])* $field:ident: $type:ty,)+) => {
        /// A line. The names of its fields are those of the format; `docs/trace.md` tells what they mean.
        #[derive(Debug, Default, Serialize, Deserialize)]
        #[serde(expecting = "an object")]
        pub struct Record<'a> {
            $(
                #[serde(default, skip_serializing_if = "Option::is_none")]
                $(#[$meta])*
                pub $field: Option<$type>,
            )+
            /// What no event has.
            #[serde(flatten)]
            pub rest: Map<String, Json>,
        }

        impl Record<'_> {
            /// Whether it has fields that nobody has taken.
            pub fn has_more(&self) -> bool {
                !self.rest.is_empty() $(|| self.$field.is_some())+
            }
        }
    };
}

record! {
    #[serde(borrow)]
    e: Text<'a>,
    t: Number,
    task: u64,
    parent: u64,
    #[serde(borrow)]
    name: Text<'a>,
    eager: bool,
    drift: Number,
    #[serde(borrow)]
    wait: Text<'a>,
    until: Number,
    tasks: Vec<u64>,
    resource: u64,
    at: u64,
    by: u64,
    by_timer: u64,
    by_timeout: u64,
    by_network: bool,
    #[serde(borrow)]
    outcome: Text<'a>,
    #[serde(borrow)]
    error: Text<'a>,
    handle: u64,
    #[serde(borrow)]
    what: Text<'a>,
    due: Number,
    timeout: u64,
    #[serde(rename = "loop")]
    event_loop: u64,
    number: u64,
    seconds: Number,
    #[serde(borrow)]
    kind: Text<'a>,
    limit: u64,
    bound: u64,
    parties: u64,
    workers: u64,
    processes: bool,
    outward: bool,
    port: u16,
    free: u64,
    depth: u64,
    unfinished: u64,
    immediate: bool,
    count: u64,
    waiting: u64,
    broken: bool,
    job: u32,
    worker: u64,
    bytes: u64,
    arrival: Number,
    value: Number,
    #[serde(borrow)]
    text: Text<'a>,
    #[serde(borrow)]
    message: Text<'a>,
    about: u64,
    late: bool,
    site: u64,
    #[serde(borrow)]
    file: Text<'a>,
    line: u32,
    column: u32,
    #[serde(borrow)]
    function: Text<'a>,
    #[serde(borrow)]
    end: Text<'a>,
    #[serde(borrow, rename = "type")]
    type_name: Text<'a>,
    blocked: Vec<u64>,
}
