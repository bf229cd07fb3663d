//! Splits a wasm program into what is needed at once and parts that are fetched when they are called.
//!
//! The page holds the program of every example, and a visitor opens a few. So the functions that belong to
//! one example alone leave the page's program and become a small wasm module of their own, a part, which
//! shares memory, table and stack with it:
//!
//! - What belongs to a part is known by the functions' names ([`Owner`]), and by who calls them: what only
//!   functions of one part call is of that part.
//! - In the page's program each function of a part that somebody outside calls is a stub: it asks for the part
//!   (the export [`LOADER`]), then calls what stands in the function's place of the table. A part puts its
//!   functions there when it is instantiated. So it does not matter who comes first: a function that two
//!   examples share after the compiler found them equal is fetched when the second one calls it. Where that is seen
//!   (the methods of one type bear the names of two parts) each of the two needs the other.
//! - Between modules everything is called through the table: no function has to be exported for a part.
//!
//! Data stays in the program: nothing in it tells whose it is.

mod main_part;
mod methods;
mod part;
mod plan;
mod program;

use sha2::{Digest, Sha256};

pub use plan::Owner;

/// The export by which a stub asks for a part: a function that takes the part's number and returns when it has been
/// instantiated.
pub const LOADER: &str = "load_part";

/// The start of the names of the exported tables; the first is that of functions.
pub const TABLE: &str = "parts_table_";

/// The exported number that names the version: a part is of one program and fits no other.
pub const VERSION: &str = "parts_version";

/// The module of a part's imports: `memory`, and the other exports that are made for parts, each by its name.
pub const IMPORTS: &str = "main";

/// The section of a part that lists the numbers of all other parts that must be there before it is used: four bytes each,
/// the low one first.
pub const NEEDS: &str = "needs";

/// The start of the names of the exported globals.
pub const GLOBAL: &str = "parts_global_";

/// What may go wrong: the program is no valid wasm, or uses what cannot be split.
pub type Error = Box<dyn std::error::Error>;

/// A program that was split.
#[derive(Debug)]
pub struct Split {
    /// What is needed at once.
    pub main: Vec<u8>,
    /// The parts, each with its number.
    pub parts: Vec<(u32, Vec<u8>)>,
    /// The value of [`VERSION`].
    pub version: i32,
}

/// Splits a program; `None` where it has no names or no [`LOADER`], or nothing belongs to a part.
///
/// # Errors
/// When it is no valid wasm, or uses what cannot be split.
pub fn split(wasm: &[u8], owner: Owner<'_>) -> Result<Option<Split>, Error> {
    let program = program::read(wasm)?;
    let Some(plan) = plan::make(&program, owner)? else { return Ok(None) };
    let version = i32::from_le_bytes(Sha256::digest(wasm)[..4].try_into()?);
    let parts = plan
        .functions
        .keys()
        .map(|&number| Ok((number, part::write(&program, &plan, number)?)))
        .collect::<Result<_, Error>>()?;
    Ok(Some(Split { main: main_part::write(&program, &plan, version)?, parts, version }))
}

#[cfg(test)]
mod tests;
