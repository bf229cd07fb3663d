use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::program;
use crate::differential::coverage::{OPERATIONS, pairs};
use crate::differential::language::Program;

/// The names of the operations in a program; of those in jobs with `job` before them.
fn names(program: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (part, value) in program.as_object().expect("programs are objects") {
        let before = if part == "jobs" { "job " } else { "" };
        add_names(value, before, &mut names);
        if part == "objects" {
            names.insert("new".to_owned());
        }
    }
    names
}

fn add_names(value: &Value, before: &str, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|each| add_names(each, before, names)),
        Value::Object(fields) => {
            if let Some(Value::String(op)) = fields.get("op") {
                names.insert(format!("{before}{op}"));
            }
            fields.values().for_each(|each| add_names(each, before, names));
        }
        _ => {}
    }
}

#[test]
fn a_seed_always_gives_the_same_programs() {
    for index in 0..50 {
        assert_eq!(program(3, index), program(3, index));
        assert_ne!(program(3, index), program(4, index));
    }
}

#[test]
fn no_two_programs_are_equal() {
    let texts: HashSet<String> = (0..1000).map(|index| program(0, index).to_string()).collect();
    assert_eq!(texts.len(), 1000);
}

#[test]
fn all_programs_are_valid() {
    for index in 0..2000 {
        if let Err(refusal) = Program::read(&program(0, index)) {
            panic!("{index}: {refusal}");
        }
    }
}

#[test]
fn every_operation_occurs() {
    let seen: BTreeSet<String> = (0..2000).flat_map(|index| names(&program(0, index))).collect();
    for &operation in OPERATIONS {
        let mut words = operation.split(' ');
        let name = match words.next().expect("it has a name") {
            // These are fields of the program.
            "run" | "debug" | "eager" => continue,
            "job" => operation.to_owned(),
            name => name.to_owned(),
        };
        assert!(seen.contains(&name), "{operation}");
    }
}

#[test]
fn the_planted_operation_and_its_frame_stand_in_the_text() {
    for index in 0..2 * pairs::COUNT as u64 {
        let (frame, leaf) = pairs::pair(index);
        let names = names(&program(0, index));
        let leaf = match leaf {
            "await completed" => "for_completed",
            leaf => leaf.split(' ').next().expect("it has a name"),
        };
        assert!(names.contains(leaf), "{index}: {leaf}");
        let frame = match frame {
            "main" => continue,
            "task" | "eager task" => "create_task",
            "connection handler" => "start_server",
            "submitted" => "job submit",
            "generator body" => "yield",
            frame if frame.ends_with(" handler") => "try",
            frame => frame.split(' ').next().expect("it has a name"),
        };
        assert!(names.contains(frame), "{index}: {frame}");
    }
}
