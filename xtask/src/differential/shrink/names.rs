//! Removes coroutines, callbacks, objects and variables together with all that mentions them.

use serde_json::Value;

use super::Search;
use super::tree::op;

/// Tries to do without each name that a program gives to something.
pub fn drop_names(search: &mut Search<'_>) {
    for part in ["coroutines", "generators", "callbacks", "jobs"] {
        let names = search.best.get(part).and_then(Value::as_object);
        let names: Vec<String> = names.into_iter().flat_map(|map| map.keys().cloned()).collect();
        for name in names {
            let mut candidate = search.best.clone();
            candidate[part].as_object_mut().expect("it has names").remove(&name);
            forget(&mut candidate, &name);
            search.keep(candidate);
        }
    }
    for name in given(&search.best) {
        let mut candidate = search.best.clone();
        forget(&mut candidate, &name);
        search.keep(candidate);
    }
}

/// The names that statements and objects give with `to`.
fn given(program: &Value) -> Vec<String> {
    let all = super::tree::pointers(program, |value| value.get("to").is_some_and(Value::is_string));
    let name = |pointer: &String| program.pointer(pointer)?["to"].as_str().map(str::to_owned);
    let mut names: Vec<String> = all.iter().filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}

/// Removes from all lists what has this name in one of its own fields or in an awaitable it is made of.
fn forget(value: &mut Value, name: &str) {
    match value {
        Value::Array(list) => {
            list.retain(|each| each != name && !mentions(each, name));
            list.iter_mut().for_each(|each| forget(each, name));
        }
        Value::Object(fields) => fields.values_mut().for_each(|each| forget(each, name)),
        _ => {}
    }
}

/// Whether a statement has the name in one of its own fields, or in the awaitable in `what`.
fn mentions(value: &Value, name: &str) -> bool {
    let Some(fields) = value.as_object() else { return false };
    let own = |(field, each): (&String, &Value)| match &**field {
        "what" => each == name || mentions(each, name),
        "value" | "by" | "item" => each.get("var").is_some_and(|var| var == name),
        "op" | "text" | "data" | "msg" | "type" => false,
        _ => each == name,
    };
    // Places in `except` have a `to` as well, but are not statements.
    (op(value).is_some() || fields.contains_key("type")) && fields.iter().any(own)
}
