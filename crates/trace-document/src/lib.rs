//! A trace as a file: lines of JSON, as `docs/trace.md` describes them.
//!
//! [`Writer`] writes one as it comes about, [`read`] reads one, whoever wrote it, and
//! [`Reading`] a part at a time.

mod compound;
mod document;
mod events;
mod fields;
mod header;
mod ids;
mod line;
mod names;
mod number;
mod numbers;
mod read;
mod record;
mod write;

#[cfg(test)]
mod tests;

pub use document::{Document, End, Failure};
pub use header::{Clock, FORMAT, Header, VERSION};
pub use read::{Broken, Reading, read};
pub use write::{Writer, write};
