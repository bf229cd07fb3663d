//! Context variables, exception handlers, and objects of the program's own: what is not asyncio's.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

/// Two variables that everyone has, and a handler at times.
pub fn setup(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let mut statements = Vec::new();
    for _ in 0..2 {
        let name = draft.fresh("contextvar");
        let mut var = json!({"op": "context_var", "name": name, "to": name});
        if draft.chance(50) {
            var["default"] = draft.pick(&[json!(0), json!("none"), json!([1])]);
        }
        draft.globals.push((Kind::ContextVar, name));
        statements.push(var);
    }
    if draft.chance(60) {
        statements.push(handler(draft, place));
    }
    statements
}

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    match draft.known(place, Kind::Awaitable) {
        Some(name) if draft.chance(60) => Some(Value::String(name)),
        _ => {
            let on = draft.known(place, Kind::Iterator)?;
            Some(json!({"op": "anext", "on": on}))
        }
    }
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    match draft.rng.u32(..14) {
        0..4 => variable(draft, place),
        4 | 5 => context(draft, place),
        6 if draft.chance(50) => vec![handler(draft, place)],
        7 => vec![told(draft)],
        8 => {
            let (op, kind) =
                draft.pick(&[("awaitable", Kind::Awaitable), ("iterator", Kind::Iterator)]);
            let coro = draft.coroutine(place, 2);
            let name = draft.name_for(place, kind);
            vec![json!({"op": op, "coro": coro, "to": name})]
        }
        9 | 10 if place.awaits && place.depth < 5 => each(draft, place),
        11 | 12 if place.awaits && place.depth < 5 => twice(draft, place),
        _ => Vec::new(),
    }
}

/// Something done to a variable.
fn variable(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let Some(on) = draft.known(place, Kind::ContextVar) else { return Vec::new() };
    match draft.rng.u32(..6) {
        0 | 1 => vec![json!({"op": "var_get", "on": on})],
        2 => vec![json!({"op": "var_get", "on": on, "default": 7})],
        3 | 4 => {
            let value = draft.value();
            let name = draft.name_for(place, Kind::Token);
            vec![json!({"op": "var_set", "on": on, "value": value, "to": name})]
        }
        _ => match draft.known(place, Kind::Token) {
            Some(token) => vec![json!({"op": "var_reset", "on": on, "token": token})],
            None => Vec::new(),
        },
    }
}

/// A context, or something run in one.
fn context(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if let Some(on) = draft.known(place, Kind::Context) {
        if draft.chance(60) {
            return vec![given(draft, place, &on)];
        }
        let callback = draft.callback(place, false);
        return vec![json!({"op": "context_run", "on": on, "callback": callback})];
    }
    let name = draft.name_for(place, Kind::Context);
    vec![json!({"op": "copy_context", "to": name})]
}

/// A task or a callback that is given its context.
fn given(draft: &mut Draft, place: &mut Place, context: &str) -> Value {
    let mut statement = match draft.rng.u32(..6) {
        0 | 1 => {
            let what = draft.call(place, 2);
            json!({"op": "create_task", "what": what, "to": draft.name_for(place, Kind::Task)})
        }
        2 => match draft.known(place, Kind::Group) {
            Some(on) => json!({"op": "create_task", "on": on, "what": draft.call(place, 2)}),
            None => json!({"op": "call_at", "when": 0.1, "callback": draft.callback(place, false)}),
        },
        3 => match draft.task(place) {
            Some(on) => json!({"op": "add_done_callback", "on": on,
                "callback": draft.callback(place, true)}),
            None => json!({"op": "call_soon", "callback": draft.callback(place, false)}),
        },
        4 => json!({"op": "call_later", "delay": draft.delay(),
            "callback": draft.callback(place, false)}),
        _ => json!({"op": "call_soon", "callback": draft.callback(place, false)}),
    };
    if statement["op"] == "create_task" && draft.chance(20) {
        statement["eager"] = json!(true);
    }
    statement["context"] = json!(context);
    statement
}

/// Another exception handler, or none.
fn handler(draft: &mut Draft, place: &mut Place) -> Value {
    if draft.chance(15) {
        return json!({"op": "set_exception_handler"});
    }
    let mut text =
        vec![json!({"op": "show", "name": "message"}), json!({"op": "show", "name": "error"})];
    let mut inner = Place::callback(place.depth + 1);
    if draft.chance(50) {
        let mut some = draft.block(&mut inner, 2);
        // What tells itself again comes to no end.
        some.retain(|statement| !statement.to_string().contains("exception_handler"));
        text.extend(some);
    }
    if let Some(on) = draft.known(&inner, Kind::ContextVar) {
        text.push(json!({"op": "var_get", "on": on, "default": 0}));
    }
    let callback = draft.define("callbacks", "told", text);
    json!({"op": "set_exception_handler", "callback": callback})
}

/// What a handler is told by hand.
fn told(draft: &mut Draft) -> Value {
    let mut told = json!({"op": "call_exception_handler", "text": draft.fresh("told")});
    if draft.chance(50) {
        told["error"] = draft.error();
    }
    told
}

/// An `async for` over an iterator that ends after a few steps.
fn each(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let (count, name) = (draft.fresh("n"), draft.fresh("iterator"));
    let mut step = vec![
        json!({"op": "add", "name": count, "by": 1}),
        json!({"op": "if", "name": count, "at_least": draft.pick(&[2, 3]),
            "then": [{"op": "raise", "error": {"type": "StopAsyncIteration"}}]}),
    ];
    let mut inner = Place::coroutine(place.depth + 1);
    step.extend(draft.block(&mut inner, 2));
    step.push(json!({"op": "return", "value": draft.value()}));
    let coro = draft.define("coroutines", "step", step);
    let body = draft.body(Place { repeats: true, ..place.inside() }, 2);
    vec![
        json!({"op": "assign", "name": count, "value": 0}),
        json!({"op": "iterator", "coro": coro, "to": name}),
        json!({"op": "async_for", "on": name, "body": body, "to": draft.fresh("item")}),
    ]
}

/// A timeout or a group that is made beforehand, and at times entered again.
fn twice(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let (kind, stem) = draft.pick(&[(Kind::Timeout, "Timeout"), (Kind::Group, "TaskGroup")]);
    let name = draft.fresh(&stem.to_lowercase());
    let mut new = json!({"op": "new", "type": stem, "to": name});
    if kind == Kind::Timeout && draft.chance(70) {
        new["value"] = draft.pick(&[json!(0), json!(1), json!(2)]);
    }
    let enter = |draft: &mut Draft| {
        let body = draft.body(place.inside().with(kind, &name), 2);
        json!({"op": "async_with", "on": name, "body": body})
    };
    let mut statements = vec![new, enter(draft)];
    if draft.chance(60) {
        let again = enter(draft);
        statements.push(json!({"op": "try", "body": [again],
            "except": [{"type": "RuntimeError", "body": []}]}));
    }
    statements
}
