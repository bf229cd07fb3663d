//! What tasks share must be called in Rust as the twin calls it, which the oracle finds by looking at its variables.

use std::collections::BTreeMap;

use trace::{EventKind, ResourceKind};
use trace_document::Document;

/// Something that tasks share, as it is numbered on both sides, and its name.
type Names = BTreeMap<(&'static str, usize), Option<String>>;

/// The names that differ, in words. A trace that names nothing, such as those of the goldens, has no say.
pub fn differences(rust: &Document, cpython: &Document) -> Vec<String> {
    let (rust, cpython) = (names(rust), names(cpython));
    if cpython.values().all(Option::is_none) {
        return Vec::new();
    }
    let differing = cpython.iter().filter_map(|(what, name)| {
        let ours = rust.get(what)?;
        (ours != name).then(|| difference(*what, ours.as_deref(), name.as_deref()))
    });
    differing.collect()
}

fn difference((sort, number): (&str, usize), rust: Option<&str>, cpython: Option<&str>) -> String {
    let shown = |name: Option<&str>| name.unwrap_or("nothing").to_owned();
    let advice = match cpython {
        Some(name) => format!(": `.named(\"{name}\")`"),
        None => String::new(),
    };
    let (rust, cpython) = (shown(rust), shown(cpython));
    format!("  {sort} {number} is called {rust} in program.rs, {cpython} in twin.py{advice}")
}

/// The last name of each; of pools and the network the oracle does not tell.
fn names(document: &Document) -> Names {
    let (mut ids, mut counts, mut names) = (BTreeMap::new(), BTreeMap::new(), Names::new());
    for event in &document.events {
        match &event.kind {
            EventKind::ResourceCreated { id, kind } if is_told(*kind) => {
                let number = counts.entry(kind.noun()).or_insert(0);
                *number += 1;
                ids.insert(*id, (kind.noun(), *number));
                names.insert((kind.noun(), *number), None);
            }
            EventKind::ResourceNamed { id, name } => {
                if let Some(what) = ids.get(id) {
                    names.insert(*what, Some(name.to_string()));
                }
            }
            _ => {}
        }
    }
    names
}

fn is_told(kind: ResourceKind) -> bool {
    matches!(
        kind,
        ResourceKind::Permits { .. }
            | ResourceKind::Queue { .. }
            | ResourceKind::Flag
            | ResourceKind::Lock
            | ResourceKind::Condition
            | ResourceKind::Barrier { .. }
    )
}

#[cfg(test)]
mod tests {
    use trace::{Event, ResourceId};

    use super::*;

    /// A lock, and what it is called.
    fn lock(names: &[&str]) -> Document {
        let id = ResourceId(0);
        let created = EventKind::ResourceCreated { id, kind: ResourceKind::Lock };
        let named = names.iter().map(|name| EventKind::ResourceNamed { id, name: (*name).into() });
        let kinds = std::iter::once(created).chain(named);
        let events = kinds.map(|kind| Event { time: 0.0, kind }).collect();
        Document { events, ..Document::default() }
    }

    #[test]
    fn a_name_that_was_forgotten_or_is_another_is_told() {
        let told = |rust: &[&str], cpython: &[&str]| differences(&lock(rust), &lock(cpython));
        assert!(told(&["gate"], &["gate"]).is_empty());
        assert!(told(&["lock", "gate"], &["gate"]).is_empty(), "the last one counts");
        assert!(told(&["gate"], &[]).is_empty(), "it has no say");
        let forgotten = told(&[], &["gate"]).concat();
        assert!(forgotten.contains("lock 1 is called nothing in program.rs, gate"), "{forgotten}");
        assert!(forgotten.contains(".named(\"gate\")"), "{forgotten}");
        assert_eq!(told(&["lock"], &["gate"]).len(), 1);
    }
}
