//! Writes the part of the differential language that its table says, `differential/language.json`: what
//! operations there are, what fields they have, how these are read, and the lists of what is counted.

mod enums;
mod lists;
mod table;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use self::table::Table;

const TABLE: &str = "differential/language.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={TABLE}");
    println!("cargo::rerun-if-changed=build");
    let table: Table = serde_json::from_str(&fs::read_to_string(TABLE)?)
        .map_err(|error| format!("{TABLE}: {error}"))?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo says where to write")?);
    fs::write(out.join("operations.rs"), enums::write(&table)?)?;
    fs::write(out.join("lists.rs"), lists::write(&table))?;
    Ok(())
}
