//! The lists of the table: what is counted, and what there is of kinds and exceptions.

use std::fmt::Write;

use super::table::{Row, Table};

/// Source for them.
pub fn write(table: &Table) -> String {
    let mut out = String::new();
    let mut list = |what: &str, name: &str, items: &mut dyn Iterator<Item = String>| {
        let items: Vec<_> = items.map(|item| format!("{item:?}")).collect();
        writeln!(out, "/// {what}\npub const {name}: &[&str] = &[{}];", items.join(", "))
            .expect("a String takes all");
    };
    let statements = || table.awaited.iter().chain(&table.plain).chain(&table.control);
    let jobs = table.jobs.iter().map(|row| format!("job {}", row.op));
    let mut operations =
        statements().flat_map(Row::counted).chain(jobs).chain(table.ways.iter().cloned());
    list(
        "The names of all operations, as the interpreter counts them.",
        "OPERATIONS",
        &mut operations,
    );
    let mut leaves = statements().flat_map(Row::leaves);
    list("Operations in which a task can be suspended.", "LEAVES", &mut leaves);
    list("What may enclose an operation.", "FRAMES", &mut table.frames.iter().cloned());
    list("The classes that a program can raise.", "RAISED", &mut table.raised.iter().cloned());
    list(
        "The other classes that a program can handle.",
        "HANDLED",
        &mut table.handled.iter().cloned(),
    );
    let fields = |row: &Row| {
        let names: Vec<_> = row.fields().iter().map(|field| format!("{:?}", field.name)).collect();
        format!("({:?}, &[{}])", row.op, names.join(", "))
    };
    let fields: Vec<_> = statements().chain(&table.jobs).map(fields).collect();
    let what = "All operations, with the names of their fields.";
    let of = "&[(&str, &[&str])]";
    writeln!(out, "/// {what}\n#[cfg(test)]\npub const FIELDS: {of} = &[{}];", fields.join(", "))
        .expect("a String takes all");
    out
}
