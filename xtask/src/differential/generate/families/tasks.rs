//! Tasks: created, asked, cancelled once and twice, awaited, dropped.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    match draft.rng.u32(..10) {
        0..5 => draft.known(place, Kind::Task).map(Value::String),
        5 => draft.known(place, Kind::Coroutine).map(Value::String),
        _ if place.depth < 4 => Some(draft.call(place, 3)),
        _ => None,
    }
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    match draft.rng.u32(..24) {
        0..6 => create(draft, place),
        6 => ensure(draft, place),
        7..12 => cancel(draft, place),
        12..18 => ask(draft, place),
        18 => drop_one(draft, place),
        19 => vec![json!({"op": draft.pick(&["current_task", "all_tasks"])})],
        20 => keep(draft, place),
        21 if place.awaits => create_and_cancel(draft, place),
        22 if place.awaits && draft.chance(50) => fail_and_drop(draft, place),
        22 if draft.chance(40) => vec![json!({"op": "cancel", "on": "self"})],
        23 => me(draft, place),
        _ => Vec::new(),
    }
}

/// What a task is made of: mostly a call.
fn work(draft: &mut Draft, place: &mut Place) -> Value {
    match draft.rng.u32(..10) {
        0 => json!({"op": "sleep", "delay": draft.delay(), "result": draft.value()}),
        // Some of these are no coroutines, which create_task() refuses.
        1 => draft.awaitable(place),
        _ => draft.call(place, 4),
    }
}

fn create(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if place.depth > 3 || draft.budget <= 0 {
        return Vec::new();
    }
    let mut create = json!({"op": "create_task", "what": work(draft, place)});
    if draft.chance(15) {
        create["name"] = json!(draft.pick(&["worker", "Task-1", "x"]));
    }
    if draft.chance(20) {
        create["eager"] = json!(true);
    }
    if draft.chance(90) {
        create["to"] = json!(draft.name_for(place, Kind::Task));
    }
    vec![create]
}

fn ensure(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let what = draft.awaitable(place);
    vec![json!({"op": "ensure_future", "what": what, "to": draft.name_for(place, Kind::Task)})]
}

fn cancel(draft: &mut Draft, place: &Place) -> Vec<Value> {
    let task = match draft.chance(8) {
        true => draft.known(place, Kind::Coroutine),
        false => draft.task(place),
    };
    let Some(task) = task else { return Vec::new() };
    let mut cancel = json!({"op": "cancel", "on": task});
    if draft.chance(20) {
        cancel["msg"] = json!(draft.pick(&["m", "enough"]));
    }
    let mut statements = vec![cancel.clone()];
    match draft.rng.u32(..10) {
        // Twice at once, twice with a turn between, and two that may wait for each other.
        0 => statements.push(cancel),
        1 if place.awaits => {
            let delay = draft.delay();
            statements.extend([json!({"op": "sleep", "delay": delay}), cancel]);
        }
        2 | 3 => {
            let other = draft.task(place).unwrap_or(task);
            statements.push(json!({"op": "cancel", "on": other}));
        }
        4 => statements.push(json!({"op": "uncancel", "on": task})),
        _ => {}
    }
    statements
}

/// The task that runs, kept: others may cancel it. It cannot await itself.
fn me(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let name = draft.fresh("me");
    place.locals.push((Kind::Peer, name.clone()));
    let mut statements = vec![json!({"op": "current_task", "to": name})];
    if place.awaits && draft.chance(15) {
        statements.push(json!({"op": "await", "on": name}));
    }
    statements
}

fn ask(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let Some(task) = draft.task(place) else { return Vec::new() };
    let on = if draft.chance(25) && place.awaits { "self".to_owned() } else { task };
    vec![match draft.rng.u32(..10) {
        0 | 1 => json!({"op": "done", "on": on}),
        2 => json!({"op": "cancelled", "on": on}),
        3 => json!({"op": "cancelling", "on": on}),
        4 => json!({"op": "uncancel", "on": on}),
        5 => json!({"op": "result", "on": on}),
        6 => json!({"op": "exception", "on": on}),
        7 => json!({"op": "get_name", "on": on}),
        8 => json!({"op": "set_name", "on": on, "name": draft.pick(&["renamed", "w"])}),
        _ => json!({"op": "show", "name": if on == "self" { "t1" } else { &on }}),
    }]
}

/// Drops a task that this place has made, whatever it is doing.
fn drop_one(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let own = |(kind, name): &(Kind, String)| {
        matches!(kind, Kind::Task | Kind::Peer | Kind::Coroutine) && place.owns(name)
    };
    let names: Vec<usize> = (0..place.locals.len()).filter(|&at| own(&place.locals[at])).collect();
    let Some(at) = draft.rng.choice(names) else { return Vec::new() };
    let (_, name) = place.locals.remove(at);
    vec![json!({"op": "del", "name": name})]
}

/// A task whose error nobody asks for.
fn fail_and_drop(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let text = vec![
        json!({"op": "sleep", "delay": draft.delay()}),
        json!({"op": "raise", "error": draft.error()}),
    ];
    let coro = draft.define_for_all("coroutines", "c", text);
    let name = draft.fresh("t");
    let mut statements = vec![
        json!({"op": "create_task", "what": {"op": "call", "coro": coro}, "to": name}),
        json!({"op": "sleep", "delay": draft.delay()}),
    ];
    match draft.rng.u32(..3) {
        0 => place.locals.push((Kind::Task, name)),
        1 => statements.push(json!({"op": "del", "name": name})),
        _ => {
            statements.push(json!({"op": "exception", "on": name}));
            statements.push(json!({"op": "del", "name": name}));
        }
    }
    statements
}

/// A coroutine that is kept, and perhaps never awaited.
fn keep(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let what = work(draft, place);
    let name = draft.name_for(place, Kind::Coroutine);
    vec![json!({"op": "coroutine", "what": what, "to": name})]
}

/// A task that is cancelled in the turn of its first step, before it, or as soon as it waits.
fn create_and_cancel(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let mut statements = create(draft, place);
    let Some(task) = statements.first().and_then(|create| create.get("to")).cloned() else {
        return statements;
    };
    for _ in 0..draft.rng.u32(..3) {
        statements.push(json!({"op": "sleep", "delay": 0}));
    }
    statements.push(json!({"op": "cancel", "on": task}));
    if draft.chance(40) {
        statements.extend(draft.awaited(place, task));
    }
    statements
}
