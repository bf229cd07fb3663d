use serde_json::{Value, json};

use super::{ATTEMPTS, shrink};
use crate::differential::generate;

/// Whether anything in the program fits.
fn has(program: &Value, fits: &dyn Fn(&Value) -> bool) -> bool {
    fits(program)
        || match program {
            Value::Array(list) => list.iter().any(|each| has(each, fits)),
            Value::Object(fields) => fields.values().any(|each| has(each, fits)),
            _ => false,
        }
}

/// Whether anything that main does, itself or by calls, fits.
fn does(program: &Value, fits: &dyn Fn(&Value) -> bool) -> bool {
    let coroutines = &program["coroutines"];
    let mut names = vec!["main".to_owned()];
    let mut next = 0;
    while let Some(name) = names.get(next).cloned() {
        next += 1;
        let mut called = Vec::new();
        calls(&coroutines[&name], &mut called);
        called.retain(|name| !names.contains(name));
        names.extend(called);
    }
    names.iter().any(|name| has(&coroutines[name], fits))
}

fn joins(value: &Value) -> bool {
    value["op"] == "join"
}

/// The names of the coroutines that are called.
fn calls(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|each| calls(each, found)),
        Value::Object(fields) => {
            found.extend(fields.get("coro").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|each| calls(each, found));
        }
        _ => {}
    }
}

/// Shrinks, and counts the attempts.
fn shrunk(program: &Value, differs: impl Fn(&Value) -> bool) -> Value {
    assert!(differs(program));
    let mut attempts = 0;
    let found = shrink(program, &mut |candidate| {
        attempts += 1;
        // As the real check does.
        candidate.pointer("/coroutines/main").is_some() && differs(candidate)
    });
    assert!(attempts <= ATTEMPTS);
    found
}

fn large() -> Value {
    json!({
        "coroutines": {
            "main": [
                {"op": "create_task", "what": {"op": "call", "coro": "a"}, "to": "t", "name": "n"},
                {"op": "timeout", "delay": 0.3, "body": [
                    {"op": "print", "text": "one"},
                    {"op": "try", "body": [{"op": "sleep", "delay": 2}],
                     "except": [{"type": "Exception", "body": [{"op": "cancel", "on": "t"}]}],
                     "finally": [{"op": "shield", "what": {"op": "gather", "of": ["t", "u"]}}]}]},
                {"op": "sleep", "delay": 0.7}],
            "a": [{"op": "acquire", "on": "lock"}, {"op": "print", "text": "two"}]},
        "objects": [{"to": "lock", "type": "Lock"}, {"to": "event", "type": "Event"}],
        "run": "runner", "mains": ["main"], "debug": true})
}

#[test]
fn what_does_not_matter_is_removed() {
    let cancels = |program: &Value| has(program, &|value| value["op"] == "cancel");
    let least = json!({"coroutines": {"main": [{"op": "cancel", "on": "t"}]}});
    assert_eq!(shrunk(&large(), cancels), least);
}

#[test]
fn compound_statements_are_replaced_by_what_they_contain() {
    let shields = |program: &Value| has(program, &|value| value["op"] == "shield");
    let least =
        json!({"coroutines": {"main": [{"op": "shield", "what": {"op": "sleep", "delay": 0}}]}});
    assert_eq!(shrunk(&large(), shields), least);
}

#[test]
fn what_is_around_stays_if_it_matters() {
    let inside = |program: &Value| {
        let sleeps = |value: &Value| value["op"] == "sleep";
        has(program, &|value| value["op"] == "timeout" && has(value, &sleeps))
    };
    let least = json!({"coroutines": {"main":
        [{"op": "timeout", "delay": 0, "body": [{"op": "sleep", "delay": 0}]}]}});
    assert_eq!(shrunk(&large(), inside), least);
}

#[test]
fn numbers_come_as_near_to_simple_ones_as_they_can() {
    let program = json!({"coroutines": {"main": [{"op": "sleep", "delay": 0.7},
        {"op": "repeat", "times": 40, "body": []}, {"op": "print", "text": "abcdefgh"}]}});
    let differs = |program: &Value| {
        has(program, &|value| value["delay"].as_f64().is_some_and(|delay| delay > 0.2))
            && has(program, &|value| value["times"].as_u64().is_some_and(|times| times >= 5))
            && has(program, &|value| value["text"].as_str().is_some_and(|text| text.len() > 1))
    };
    let least = json!({"coroutines": {"main": [{"op": "sleep", "delay": 1},
        {"op": "repeat", "times": 5, "body": []}, {"op": "print", "text": "ab"}]}});
    assert_eq!(shrunk(&program, differs), least);
}

#[test]
fn a_coroutine_goes_with_its_calls() {
    // As if the program were refused that calls what there is not.
    let valid = |program: &Value| {
        let known = program["coroutines"].as_object().expect("it is never removed");
        !has(program, &|value| value["coro"].as_str().is_some_and(|name| !known.contains_key(name)))
    };
    let differs =
        |program: &Value| valid(program) && has(program, &|value| value["op"] == "task_group");
    let program = json!({"coroutines": {
        "main": [{"op": "call", "coro": "a"}, {"op": "call", "coro": "b"},
            {"op": "task_group", "to": "g", "body": [
                {"op": "create_task", "on": "g", "what": {"op": "call", "coro": "a"}}]}],
        "a": [{"op": "call", "coro": "b"}],
        "b": [{"op": "time"}]}});
    let least = json!({"coroutines": {"main": [{"op": "task_group", "body": []}]}});
    assert_eq!(shrunk(&program, differs), least);
}

#[test]
fn a_call_is_replaced_by_what_is_called() {
    let program = json!({"coroutines": {
        "main": [{"op": "call", "coro": "a"}], "a": [{"op": "call", "coro": "b"}, {"op": "call", "coro": "b"}],
        "b": [{"op": "stop"}, {"op": "time"}]}});
    let differs = |program: &Value| does(program, &|value| value["op"] == "stop");
    let least = json!({"coroutines": {"main": [{"op": "stop"}]}});
    assert_eq!(shrunk(&program, differs), least);
}

#[test]
fn what_is_done_alone_stands_where_it_is_called_for() {
    let program = json!({"coroutines": {
        "main": [{"op": "create_task", "what": {"op": "call", "coro": "a"}}],
        "a": [{"op": "join", "on": "q"}, {"op": "time"}]}});
    let creates = |value: &Value| value["op"] == "create_task";
    let differs = |program: &Value| does(program, &creates) && does(program, &joins);
    let least = json!({"coroutines": {"main":
        [{"op": "create_task", "what": {"op": "join", "on": "q"}}]}});
    assert_eq!(shrunk(&program, differs), least);
}

#[test]
fn random_programs_shrink_to_one_statement() {
    for index in 0..20 {
        let program = generate::program(5, index);
        let sleeps = |program: &Value| does(program, &|value| value["op"] == "sleep");
        if sleeps(&program) {
            let least = json!({"coroutines": {"main": [{"op": "sleep", "delay": 0}]}});
            assert_eq!(shrunk(&program, sleeps), least);
        }
    }
}
