//! Places in a program, by JSON pointers.

use std::collections::VecDeque;

use serde_json::Value;

/// All places that fit, outer ones first.
pub fn pointers(program: &Value, fits: impl Fn(&Value) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut queue = VecDeque::from([(String::new(), program)]);
    while let Some((pointer, value)) = queue.pop_front() {
        if fits(value) {
            found.push(pointer.clone());
        }
        match value {
            Value::Array(list) => {
                let of = |(at, each)| (format!("{pointer}/{at}"), each);
                queue.extend(list.iter().enumerate().map(of));
            }
            Value::Object(fields) => {
                let of = |(name, each): (&String, _)| (format!("{pointer}/{}", escape(name)), each);
                queue.extend(fields.iter().map(of));
            }
            _ => {}
        }
    }
    found
}

/// The list at a place; empty if there is none.
pub fn list<'a>(program: &'a Value, pointer: &str) -> &'a [Value] {
    program.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The operation of a statement.
pub fn op(value: &Value) -> Option<&str> {
    value.get("op")?.as_str()
}

/// The place around a place, and the last step.
pub fn split(pointer: &str) -> (&str, &str) {
    pointer.rsplit_once('/').unwrap_or(("", ""))
}

/// A name as a step of a pointer.
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
