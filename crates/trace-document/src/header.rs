//! The first line of a file.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// What the field `format` of every trace says.
pub const FORMAT: &str = "coroscope-trace";

/// The version of the format that this crate writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// What a trace says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// At most [`VERSION`].
    pub version: u32,
    /// What wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorder: Option<String>,
    /// Whether times are exact or measured.
    #[serde(default)]
    pub clock: Clock,
    /// The program, as people call it; for an example its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// The values with which it ran.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub parameters: Map<String, Json>,
    /// Its source, by file as sites name them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, String>,
    /// What else it says.
    #[serde(flatten)]
    pub rest: Map<String, Json>,
}

/// What a trace's times are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// Seconds of a clock that stands still while steps run: exact.
    #[default]
    Virtual,
    /// Seconds of a real clock: steps take time.
    Real,
}

impl Default for Header {
    fn default() -> Self {
        Header {
            format: FORMAT.to_owned(),
            version: VERSION,
            recorder: Some(concat!("coroscope ", env!("CARGO_PKG_VERSION")).to_owned()),
            clock: Clock::Virtual,
            program: None,
            parameters: Map::new(),
            sources: BTreeMap::new(),
            rest: Map::new(),
        }
    }
}
