//! Which Rust line stands where in the twin: learnt by laying suspensions side by side.

use examples::{Example, LineMap};

use agree::Observation;

/// Adds the places of a run to `map`, and says what contradicts.
///
/// Suspensions are paired in their order, so a run in which that differs teaches nothing. Where CPython
/// stands in no line of the twin (in the library's own coroutines), any Rust line will do.
pub fn learn(map: &mut LineMap, rust: &Observation, cpython: &Observation) -> Vec<String> {
    let moments = |run: &Observation| -> Vec<_> {
        run.suspensions.iter().map(|wait| (wait.time.to_bits(), wait.task.clone())).collect()
    };
    if moments(rust) != moments(cpython) {
        return Vec::new();
    }
    let mut contradictions = Vec::new();
    for (rust, cpython) in rust.suspensions.iter().zip(&cpython.suspensions) {
        let (task, time) = (&rust.task, rust.time);
        match (rust.line, cpython.line) {
            (_, None) => {}
            (None, Some(python)) => contradictions.push(format!(
                "{task} at {time:?}: stands at twin.py:{python}, but at no line of program.rs"
            )),
            (Some(line), Some(python)) => {
                if let Err(known) = map.add(line, python) {
                    contradictions.push(format!(
                        "{task} at {time:?}: program.rs:{line} stands at twin.py:{python}, \
                         elsewhere at twin.py:{known}"
                    ));
                }
            }
        }
    }
    contradictions
}

/// The first place that the example's `lines.txt` does not have as it was `learnt`.
pub fn stale(example: &Example, learnt: &LineMap) -> Option<String> {
    let written = example.source().line_map();
    learnt
        .iter()
        .find(|(rust, python)| written.python(*rust) != Some(*python))
        .map(|(rust, python)| {
            let has = match written.python(rust) {
                Some(other) => format!("twin.py:{other}"),
                None => "no line".to_owned(),
            };
            format!(
                "lines.txt is stale: program.rs:{rust} stands at twin.py:{python}, and it has {has}; \
                 run `cargo xtask golden`"
            )
        })
}

#[cfg(test)]
mod tests {
    use super::super::account::ours;
    use super::*;

    fn run() -> Observation {
        let example = examples::find("gather-order").expect("it is in the catalogue");
        ours(example, &example.defaults()).0
    }

    #[test]
    fn a_line_has_one_place() {
        let (rust, mut cpython) = (run(), run());
        let mut map = LineMap::default();
        assert_eq!(learn(&mut map, &rust, &cpython), [""; 0]);
        assert!(map.iter().count() >= 2, "gather and sleep");
        assert!(map.iter().all(|(rust, python)| rust == python));

        let wait = &mut cpython.suspensions[1];
        wait.line = wait.line.map(|line| line + 1);
        assert_eq!(learn(&mut map, &rust, &cpython).len(), 1);
    }

    #[test]
    fn a_line_of_the_library_says_nothing() {
        let (mut rust, mut cpython) = (run(), run());
        cpython.suspensions.iter_mut().for_each(|wait| wait.line = None);
        let mut map = LineMap::default();
        assert_eq!(learn(&mut map, &rust, &cpython), [""; 0]);
        assert_eq!(map, LineMap::default());

        rust.suspensions.iter_mut().for_each(|wait| wait.line = None);
        assert!(!learn(&mut map, &rust, &run()).is_empty(), "but the twin's line says something");
    }

    #[test]
    fn a_place_that_lines_txt_lacks_is_told() {
        let example = examples::find("gather-order").expect("it is in the catalogue");
        assert_eq!(stale(example, &LineMap::default()), None);
        assert!(stale(example, &LineMap::parse("9999 1\n")).is_some());
    }
}
