//! A run as files for other programs. Pure.
//!
//! [`csv`] has a row for each span; [`perfetto`] is a trace that Perfetto and Chrome open, with the flows.

mod csv;
mod perfetto;
mod words;

pub use csv::csv;
pub use perfetto::perfetto;

#[cfg(test)]
mod tests;
