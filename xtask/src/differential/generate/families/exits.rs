//! Stacks of exits, some of which raise, or let nothing further.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if place.depth > 3 {
        return Vec::new();
    }
    if !place.awaits || draft.chance(25) {
        return plain(draft, place);
    }
    let name = draft.fresh("stack");
    let mut statements = vec![json!({"op": "new", "type": "AsyncExitStack", "to": name})];
    let mut body = Vec::new();
    for _ in 0..draft.rng.u32(1..=3) {
        body.extend(exit(draft, place, &name));
    }
    if draft.chance(60) {
        body.extend(draft.body(place.inside(), 2));
    }
    if draft.chance(35) {
        body.push(json!({"op": "raise", "error": draft.error()}));
    }
    match draft.rng.u32(..8) {
        0 => {
            statements.extend(body.into_iter().filter(|each| each["op"] != "raise"));
            statements.push(json!({"op": "aclose", "on": name}));
        }
        1 => {
            let other = draft.fresh("stack");
            body.insert(0, json!({"op": "pop_all", "on": name, "to": other}));
            body.push(json!({"op": "pop_all", "on": name, "to": other}));
            statements.push(json!({"op": "async_with", "on": name, "body": body}));
            statements.push(json!({"op": "aclose", "on": other}));
        }
        _ => statements.push(json!({"op": "async_with", "on": name, "body": body})),
    }
    if draft.chance(50) { told(draft, statements) } else { statements }
}

/// Statements within a `try` that says what came of what they raise.
fn told(draft: &mut Draft, statements: Vec<Value>) -> Vec<Value> {
    let error = draft.fresh("e");
    let kind = draft.pick(&["Exception", "BaseException"]);
    let told = json!({"op": "chain", "on": error});
    vec![json!({"op": "try", "body": statements,
        "except": [{"type": kind, "to": error, "body": [told]}]})]
}

/// An exit that is added to the stack.
pub fn exit(draft: &mut Draft, place: &mut Place, stack: &str) -> Vec<Value> {
    let ends = [
        json!({"op": "return", "value": true}),
        json!({"op": "raise", "error": draft.error()}),
        json!({"op": "sleep", "delay": draft.delay()}),
        json!({"op": "show", "name": "error"}),
    ];
    let mut text = vec![json!({"op": "print", "text": draft.fresh("exit")})];
    text.extend(draft.body(Place::coroutine(place.depth + 1), 1));
    text.push(draft.pick(&ends));
    let coro = draft.define("coroutines", "exit", text);
    let end = at_once(draft, &ends);
    let callback = draft.define("callbacks", "exit", vec![end]);
    match draft.rng.u32(..10) {
        0 | 1 => vec![json!({"op": "push_async_exit", "on": stack, "coro": coro})],
        2 => vec![json!({"op": "push_async_callback", "on": stack, "coro": coro})],
        3 => vec![json!({"op": "push", "on": stack, "callback": callback})],
        4 => vec![json!({"op": "callback", "on": stack, "callback": callback})],
        5 => {
            let manager = draft.fresh("manager");
            let mut new = json!({"op": "manager", "coro": coro, "to": manager});
            if draft.chance(60) {
                new["enter"] = json!(entering(draft, place));
            }
            let enter = json!({"op": "enter_async_context", "on": stack, "manager": manager});
            match draft.chance(40) {
                true => {
                    let body = draft.body(place.inside(), 2);
                    vec![new, json!({"op": "async_with", "on": manager, "body": body})]
                }
                false => vec![new, enter],
            }
        }
        8 => {
            let manager = draft.fresh("manager");
            vec![
                plain_manager(draft, &manager),
                json!({"op": "enter_context", "on": stack, "manager": manager}),
            ]
        }
        6 => {
            let kind = draft.pick(&[Kind::Lock, Kind::Semaphore, Kind::Condition]);
            let manager = draft.object(place, kind);
            let enter = json!({"op": "enter_async_context", "on": stack, "manager": manager});
            vec![json!({"op": "timeout", "delay": draft.span(), "body": [enter]})]
        }
        7 => {
            let manager = draft.fresh("timeout");
            let delay = draft.pick(&[0, 1]);
            vec![
                json!({"op": "new", "type": "Timeout", "value": delay, "to": manager}),
                json!({"op": "enter_async_context", "on": stack, "manager": manager}),
            ]
        }
        _ => {
            let manager = draft.fresh("taskgroup");
            let what = draft.call(place, 2);
            vec![
                json!({"op": "new", "type": "TaskGroup", "to": manager}),
                json!({"op": "enter_async_context", "on": stack, "manager": manager}),
                json!({"op": "create_task", "on": manager, "what": what}),
            ]
        }
    }
}

/// A coroutine that enters a manager: it waits, and is cancelled there, or fails.
fn entering(draft: &mut Draft, place: &Place) -> String {
    let mut text = vec![json!({"op": "sleep", "delay": draft.delay()})];
    text.extend(draft.body(Place::coroutine(place.depth + 1), 2));
    text.push(match draft.chance(25) {
        true => json!({"op": "raise", "error": draft.error()}),
        false => json!({"op": "return", "value": draft.value()}),
    });
    draft.define("coroutines", "enter", text)
}

/// A manager for `with`.
fn plain_manager(draft: &mut Draft, name: &str) -> Value {
    let ends = [
        json!({"op": "return", "value": true}),
        json!({"op": "raise", "error": draft.error()}),
        json!({"op": "raise", "on": "error"}),
        json!({"op": "show", "name": "error"}),
    ];
    let end = draft.pick(&ends);
    let callback = draft.define("callbacks", "exit", vec![end]);
    let mut new = json!({"op": "plain_manager", "callback": callback, "to": name});
    if draft.chance(40) {
        let end = match draft.chance(30) {
            true => json!({"op": "raise", "error": draft.error()}),
            false => json!({"op": "return", "value": draft.value()}),
        };
        new["enter"] = json!(draft.define("callbacks", "enter", vec![end]));
    }
    new
}

/// Scopes of `with`: a manager, or a stack of such.
pub fn plain(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let (name, manager) = (draft.fresh("stack"), draft.fresh("manager"));
    let mut statements = vec![plain_manager(draft, &manager)];
    let mut body = draft.body(place.inside(), 2);
    if draft.chance(30) {
        body.push(json!({"op": "raise", "error": draft.error()}));
    }
    if draft.chance(30) {
        let kept = draft.fresh("entered");
        statements.push(json!({"op": "with", "on": manager, "body": body, "to": kept}));
    } else {
        statements.push(json!({"op": "new", "type": "ExitStack", "to": name}));
        let mut inside = vec![json!({"op": "enter_context", "on": name, "manager": manager})];
        for op in ["push", "callback", "push"] {
            if draft.chance(50) {
                let ends = [
                    json!({"op": "return", "value": true}),
                    json!({"op": "raise", "error": draft.error()}),
                    json!({"op": "show", "name": "error"}),
                ];
                let end = draft.pick(&ends);
                let callback = draft.define("callbacks", "exit", vec![end]);
                inside.push(json!({"op": op, "on": name, "callback": callback}));
            }
        }
        match draft.rng.u32(..6) {
            0 => {
                statements.extend(inside);
                statements.push(json!({"op": "close", "on": name}));
            }
            1 => {
                let other = draft.fresh("stack");
                inside.push(json!({"op": "pop_all", "on": name, "to": other}));
                inside.extend(body);
                statements.push(json!({"op": "with", "on": name, "body": inside}));
                statements.push(json!({"op": "close", "on": other}));
            }
            _ => {
                inside.extend(body);
                statements.push(json!({"op": "with", "on": name, "body": inside}));
            }
        }
    }
    if draft.chance(60) { told(draft, statements) } else { statements }
}

/// An end for a callback, which cannot await.
fn at_once(draft: &mut Draft, ends: &[Value]) -> Value {
    let end = draft.pick(ends);
    if end["op"] == "sleep" { json!({"op": "show", "name": "error"}) } else { end }
}
