//! The lists of the table, `differential/language.json`, as `build` writes them.

include!(concat!(env!("OUT_DIR"), "/lists.rs"));
