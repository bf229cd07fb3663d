//! Local variables of tasks where they stand, as a trace may tell them.

use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use trace::{Event, EventKind, TaskId};

/// Those of a run: at which event which task has which, in the order of events.
pub struct Locals(Vec<(usize, TaskId, Map<String, Json>)>);

impl Locals {
    /// Those that a trace tells beside its events.
    pub fn of(events: &[Event], rest: &BTreeMap<usize, Map<String, Json>>) -> Self {
        let told = rest.iter().filter_map(|(place, rest)| {
            let Json::Object(variables) = rest.get("locals")? else { return None };
            match events.get(*place)?.kind {
                EventKind::Suspended { task, .. } => Some((*place, task, variables.clone())),
                _ => None,
            }
        });
        Locals(told.collect())
    }

    /// What a task has after so many events, by name.
    pub fn at(&self, task: TaskId, place: usize) -> Option<&Map<String, Json>> {
        let before = self.0.partition_point(|(at, ..)| *at < place);
        self.0[..before].iter().rev().find(|(_, whose, _)| *whose == task).map(|(.., it)| it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_has_what_it_had_when_it_last_stood_still() {
        let line =
            |n: u32| format!(r#"{{"e":"suspended","t":{n},"task":0,"locals":{{"n":"{n}"}}}}"#);
        let text = [r#"{"format":"coroscope-trace","version":1}"#.into(), line(1), line(2)];
        let document = trace_document::read(text.join("\n").as_bytes()).expect("a trace");
        let locals = Locals::of(&document.events, &document.rest);
        let events = document.events.len();
        let n = |place| Some(locals.at(TaskId(0), place)?.get("n")?.as_str()?.to_owned());
        assert_eq!(n(events).as_deref(), Some("2"));
        assert_eq!(n(events - 1).as_deref(), Some("1"));
        assert_eq!(n(0), None);
    }
}
