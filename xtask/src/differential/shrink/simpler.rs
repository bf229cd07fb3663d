//! Replaces statements and values by simpler ones.

use serde_json::{Map, Value, json};

use super::Search;
use super::tree::{escape, list, op, pointers, split};

/// Fields that hold statements.
const BODIES: [&str; 6] = ["enter", "body", "then", "else", "exit", "finally"];

/// Fields without which their statements are refused.
const NEEDED: [&str; 20] = [
    "op",
    "type",
    "coroutines",
    "body",
    "on",
    "of",
    "what",
    "coro",
    "callback",
    "gen",
    "job",
    "handler",
    "delay",
    "name",
    "item",
    "value",
    "error",
    "data",
    "then",
    "text",
];

/// Replaces compound statements by what they contain, and awaitables by simpler ones.
pub fn unwrap(search: &mut Search<'_>) {
    let mut next = 0;
    while let Some(pointer) = pointers(&search.best, |value| op(value).is_some()).get(next).cloned()
    {
        let candidates = simpler(&search.best, &pointer);
        let found = candidates.into_iter().any(|with| {
            let mut candidate = search.best.clone();
            replace(&mut candidate, &pointer, with);
            search.keep(candidate)
        });
        // Once more at the same place if something else stands there now.
        next += usize::from(!found);
    }
}

/// Replaces calls by what is called: the only one of a coroutine, and those of coroutines that do one
/// thing. Longer texts are not copied: copies of copies would have no end.
pub fn inline(search: &mut Search<'_>) {
    let mut next = 0;
    while let Some(pointer) = pointers(&search.best, is_call).get(next).cloned() {
        next += 1;
        let Some(name) = search.best.pointer(&pointer).and_then(|call| call["coro"].as_str())
        else {
            continue;
        };
        let body = list(&search.best, &format!("/coroutines/{}", escape(name))).to_vec();
        let calls = pointers(&search.best, |value| value == name).len();
        let copies = calls > 1 && (body.len() > 1 || body.iter().any(is_call));
        if copies || (is_awaitable(&pointer) && body.len() != 1) {
            continue;
        }
        let mut candidate = search.best.clone();
        if calls == 1 {
            candidate["coroutines"].as_object_mut().expect("it has the call").remove(name);
        }
        replace(&mut candidate, &pointer, body);
        // Once more at the same place, which may now hold another call.
        next -= usize::from(search.keep(candidate));
    }
}

fn is_call(value: &Value) -> bool {
    op(value) == Some("call")
}

/// What could stand in a statement's or awaitable's place: some statements in its place.
fn simpler(program: &Value, pointer: &str) -> Vec<Vec<Value>> {
    let mut found = Vec::new();
    let Some(statement) = program.pointer(pointer).and_then(Value::as_object) else { return found };
    let mut bodies: Vec<Vec<Value>> = Vec::new();
    let mut add = |body: Option<&Value>| bodies.extend(body.and_then(Value::as_array).cloned());
    BODIES.iter().for_each(|field| add(statement.get(*field)));
    let handlers = statement.get("except").and_then(Value::as_array);
    handlers.into_iter().flatten().for_each(|handler| add(handler.get("body")));
    if bodies.len() > 1 {
        found.push(bodies.concat());
    }
    found.extend(bodies);

    let inner = statement.get("what").into_iter();
    let of = statement.get("of").and_then(Value::as_array).into_iter().flatten();
    for awaitable in inner.chain(of) {
        found.push(vec![match awaitable {
            Value::String(name) => json!({"op": "await", "on": name}),
            other => other.clone(),
        }]);
    }
    let sleep = json!({"op": "sleep", "delay": 0});
    if statement["op"] != "sleep" && is_awaitable(pointer) {
        found.push(vec![sleep]);
    }
    found
}

/// Whether an operand, not a statement, stands there.
fn is_awaitable(pointer: &str) -> bool {
    let (around, last) = split(pointer);
    last == "what" || split(around).1 == "of"
}

/// Puts statements in the place of one; of an awaitable, the only one.
fn replace(program: &mut Value, pointer: &str, mut with: Vec<Value>) {
    let (around, last) = split(pointer);
    match program.pointer_mut(around) {
        Some(Value::Array(list)) => {
            let at: usize = last.parse().expect("lists have numbers");
            list.splice(at..=at, with);
        }
        Some(Value::Object(fields)) if with.len() == 1 => {
            fields.insert(last.to_owned(), with.remove(0));
        }
        _ => {}
    }
}

/// Removes fields that need not be.
pub fn drop_fields(search: &mut Search<'_>) {
    for pointer in pointers(&search.best, Value::is_object) {
        let fields = search.best.pointer(&pointer).and_then(Value::as_object);
        let names = fields.map(|fields| fields.keys().cloned().collect()).unwrap_or_default();
        remove_each(search, &pointer, names);
    }
}

fn remove_each(search: &mut Search<'_>, pointer: &str, names: Vec<String>) {
    for name in names.iter().filter(|name| !NEEDED.contains(&name.as_str())) {
        search.edit(pointer, |place| {
            place.as_object_mut().map(|fields: &mut Map<_, _>| fields.remove(name));
        });
    }
}

/// Replaces numbers by 0, 0.1 or 1, and shortens texts.
pub fn simplify_values(search: &mut Search<'_>) {
    for pointer in pointers(&search.best, |value| value.is_number() || value.is_string()) {
        let Some(value) = search.best.pointer(&pointer).cloned() else { continue };
        let field = split(&pointer).1;
        let candidates = match &value {
            Value::Number(_) => numbers(&value),
            Value::String(text) if matches!(field, "text" | "data" | "msg") => texts(text),
            _ => continue,
        };
        for simpler in candidates {
            if search.edit(&pointer, |place| *place = simpler) {
                break;
            }
        }
    }
}

/// The numbers that are simpler than this one, the simplest first.
fn numbers(value: &Value) -> Vec<Value> {
    let order = match value.as_i64() {
        Some(_) => vec![json!(0), json!(1)],
        None => vec![json!(0), json!(0.1), json!(1)],
    };
    let mut simpler: Vec<Value> = order.into_iter().take_while(|each| each != value).collect();
    if let Some(whole) = value.as_i64().filter(|whole| *whole > 3) {
        simpler.push(json!(whole / 2));
    }
    simpler
}

fn texts(text: &str) -> Vec<Value> {
    let half: String = text.chars().take(text.chars().count() / 2).collect();
    let mut shorter = vec![json!("")];
    shorter.extend((!half.is_empty()).then(|| json!(half)));
    if text.is_empty() { Vec::new() } else { shorter }
}
