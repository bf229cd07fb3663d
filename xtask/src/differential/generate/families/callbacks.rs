//! Callbacks of tasks and futures, and of the loop.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if place.depth > 4 {
        return Vec::new();
    }
    match draft.rng.u32(..20) {
        0..6 => of_done(draft, place),
        6..10 => scheduled(draft, place),
        10..13 => scheduled_at(draft, place),
        13 => vec![json!({"op": "call_soon_threadsafe", "callback": draft.callback(place, false)})],
        14..18 => handle(draft, place),
        18 => strike_later(draft, place),
        19 if draft.chance(20) => vec![json!({"op": "stop"})],
        _ => Vec::new(),
    }
}

fn of_done(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let future = if draft.chance(35) { draft.known(place, Kind::Future) } else { None };
    let Some(on) = future.or_else(|| draft.task(place)) else { return Vec::new() };
    let callback = draft.callback(place, true);
    let add = json!({"op": "add_done_callback", "on": on, "callback": callback});
    let remove = json!({"op": "remove_done_callback", "on": on, "callback": callback});
    match draft.rng.u32(..8) {
        0 => vec![add.clone(), add, remove],
        1 => vec![add, remove],
        2 => vec![remove],
        3 => vec![add.clone(), add],
        _ => vec![add],
    }
}

fn scheduled(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let callback = draft.callback(place, false);
    let mut call = match draft.chance(35) {
        true => json!({"op": "call_soon", "callback": callback}),
        false => json!({"op": "call_later", "delay": draft.delay(), "callback": callback}),
    };
    if draft.chance(60) {
        call["to"] = json!(draft.name_for(place, Kind::Handle));
    }
    vec![call]
}

fn scheduled_at(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let callback = draft.callback(place, false);
    let when =
        draft.pick(&[json!(0.1), json!(0.2), json!(0.3), json!(0.30000000000000004), json!(1)]);
    let mut call = json!({"op": "call_at", "when": when, "callback": callback});
    if draft.chance(60) {
        call["to"] = json!(draft.name_for(place, Kind::Handle));
    }
    vec![call]
}

fn handle(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let Some(handle) = draft.known(place, Kind::Handle) else { return scheduled_at(draft, place) };
    match draft.rng.u32(..5) {
        0 | 1 => vec![json!({"op": "cancel", "on": handle})],
        2 => vec![json!({"op": "cancelled", "on": handle})],
        _ => vec![json!({"op": "when", "on": handle})],
    }
}

/// A task is cancelled by a callback, at a moment when something else may happen.
fn strike_later(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let Some(task) = draft.task(place) else { return Vec::new() };
    let strike = json!({"op": "cancel", "on": task});
    let callback = draft.define_for_all("callbacks", "b", vec![strike]);
    vec![json!({"op": "call_later", "delay": draft.delay(), "callback": callback})]
}
