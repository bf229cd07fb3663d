//! A run as files for other programs. Pure.
//!
//! [`csv`] has a row for each span; [`perfetto`] is a trace that Perfetto and Chrome open, with the flows; [`Page`] is a
//! page to be read without anything else.

mod csv;
mod page;
mod perfetto;
mod words;

pub use csv::csv;
pub use page::Page;
pub use perfetto::perfetto;

#[cfg(test)]
mod tests;
