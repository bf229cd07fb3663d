//! The examples: one folder each.
//!
//! A folder holds `program.rs` (the Rust that runs), `twin.py` (the Python program it mirrors, with
//! its parameters as upper-case constants at the top), `lines.txt` (which line of the one stands
//! where in the other, written by `cargo xtask golden`), `words.en.yml` and `words.zh.yml`, and
//! `mod.rs` with the entry. A new example touches its folder and [`CATALOGUE`].

mod args;
mod lines;
mod param;
mod source;

pub use args::{Args, Refusal, Value};
pub use lines::LineMap;
pub use param::{Kind, Param, Unit};
pub use source::{python_lines, python_source};

use crate::asyncio::Coro;

macro_rules! catalogue {
    ($($folder:ident),* $(,)?) => {
        $(mod $folder;)*

        /// All examples, in the order in which the page shows them.
        pub static CATALOGUE: &[&Example] = &[$(&$folder::EXAMPLE),*];
    };
}

catalogue! {
    sequential_vs_gather,
    gather_order,
    gather_failure,
    batch_vs_awaits,
    wait_all,
    wait_first,
    wait_first_exception,
    wait_timeout,
    wait_polling,
    semaphore_workers,
    bounded_map,
    semaphore_timeout,
    queue_backpressure,
    queue_sentinel,
    queue_join,
    queue_nowait,
}

/// One example.
pub struct Example {
    /// Its name in links and on the command line; also the key of its words.
    pub id: &'static str,
    /// The family under which the catalogue lists it.
    pub family: Family,
    /// What may be turned.
    pub params: &'static [Param],
    /// The Python twin, with the defaults.
    pub python: &'static str,
    /// The Rust program.
    pub rust: &'static str,
    /// Which Rust line awaits where in the twin; read by [`LineMap`].
    pub lines: &'static str,
    /// Makes the main coroutine.
    pub main: fn(Args) -> Coro<()>,
}

/// A chapter of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// `asyncio.gather`.
    Gather,
    /// `asyncio.wait`.
    Wait,
    /// `asyncio.Semaphore`.
    Semaphore,
    /// `asyncio.Queue`.
    Queue,
}

impl Family {
    /// All families, in the order of the catalogue.
    pub const ALL: [Family; 4] = [Family::Gather, Family::Wait, Family::Semaphore, Family::Queue];

    /// The key of its name among the words.
    pub fn key(self) -> &'static str {
        match self {
            Family::Gather => "family.gather",
            Family::Wait => "family.wait",
            Family::Semaphore => "family.semaphore",
            Family::Queue => "family.queue",
        }
    }
}

impl Example {
    /// The values of its parameters to begin with.
    pub fn defaults(&self) -> Args {
        Args::defaults(self.params)
    }

    /// One of its words ("title", "summary", "look", "try", "pitfall", "params.NAME") in a locale
    /// ("en", "zh").
    pub fn word(&self, locale: &str, key: &str) -> String {
        rust_i18n::t!(format!("{}.{key}", self.id), locale = locale).into_owned()
    }

    /// Which Rust line awaits where in the twin.
    pub fn line_map(&self) -> LineMap {
        LineMap::parse(self.lines)
    }
}

/// Whether the two are the same entry.
impl PartialEq for Example {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The example of this name.
pub fn find(id: &str) -> Option<&'static Example> {
    CATALOGUE.iter().copied().find(|example| example.id == id)
}

#[cfg(test)]
mod tests;
