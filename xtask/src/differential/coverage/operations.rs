//! The names of all operations, as the interpreter counts them, are those of the table.

pub use crate::differential::lists::OPERATIONS;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::differential::lists::FIELDS;

    #[test]
    fn every_operation_is_named_once() {
        let all: BTreeSet<_> = OPERATIONS.iter().collect();
        assert_eq!(all.len(), OPERATIONS.len());
    }

    /// The rows of the page's tables of operations, and its paragraph of what jobs do.
    fn rows() -> Vec<&'static str> {
        let page = include_str!("../../../differential/LANGUAGE.md");
        let operations =
            page.split("## Awaitables").nth(1).and_then(|rest| rest.split("## The table").next());
        let is_row = |line: &&str| line.starts_with("| `") || line.starts_with('`');
        operations.expect("these are headings").lines().filter(is_row).collect()
    }

    #[test]
    fn the_page_tells_of_every_operation_with_its_fields() {
        let rows = rows();
        for (op, fields) in FIELDS {
            // What an operation is done on is often left out.
            let names = || fields.iter().filter(|&&field| field != "on").chain([op]);
            let tells = |row: &&str| names().all(|name| row.contains(&format!("`{name}`")));
            assert!(rows.iter().any(tells), "{op} {fields:?}");
        }
    }

    #[test]
    fn every_operation_of_the_page_is_in_the_table() {
        for row in rows().into_iter().filter(|row| row.starts_with('|')) {
            let first = row.split('|').nth(1).expect("a row has cells");
            // Names of operations precede the names of their fields, which may be operations too.
            let name = first.trim().trim_start_matches('`').split('`').next().expect("a name");
            assert!(FIELDS.iter().any(|(op, _)| *op == name), "{name}");
        }
    }
}
