//! `gather`, `wait`, `wait_for` and `shield`, of anything and in each other.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    if place.depth > 4 {
        return None;
    }
    Some(match draft.rng.u32(..12) {
        0..4 => gather(draft, place),
        4..6 => wait(draft, place)?,
        6..9 => {
            let what = draft.awaitable(place);
            json!({"op": "wait_for", "what": what, "timeout": draft.limit()})
        }
        _ => shield(draft, place),
    })
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    // The shielded or gathered, kept and not awaited: its error may never be retrieved.
    let what = match draft.chance(50) {
        true => gather(draft, place),
        false => shield(draft, place),
    };
    let name = draft.name_for(place, Kind::Coroutine);
    vec![json!({"op": "ensure_future", "what": what, "to": name})]
}

/// Of tasks often: what is shielded may be anything, for it is not cancelled with who waits.
fn shield(draft: &mut Draft, place: &mut Place) -> Value {
    let task = if draft.chance(40) { draft.task(place) } else { None };
    let what = task.map(Value::String).unwrap_or_else(|| draft.awaitable(place));
    json!({"op": "shield", "what": what})
}

fn gather(draft: &mut Draft, place: &mut Place) -> Value {
    let mut of = draft.awaitables(place, 3);
    // The same twice is one.
    if draft.chance(10) && of[0].is_string() {
        of.push(of[0].clone());
    }
    if draft.chance(2) {
        of.clear();
    }
    let mut gather = json!({"op": "gather", "of": of});
    if draft.chance(35) {
        gather["return_exceptions"] = json!(true);
    }
    gather
}

fn wait(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    let many = draft.rng.usize(1..=3);
    let mut of: Vec<String> = Vec::new();
    for _ in 0..many {
        let name = match draft.chance(20) {
            true => draft.known(place, Kind::Future),
            false => draft.task(place),
        };
        of.extend(name.filter(|name| !of.contains(name)));
    }
    if of.is_empty() && !draft.chance(3) {
        return None;
    }
    let mut wait = json!({"op": "wait", "of": of});
    if draft.chance(60) {
        wait["timeout"] = draft.limit();
    }
    if draft.chance(60) {
        wait["return_when"] =
            json!(draft.pick(&["ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"]));
    }
    Some(wait)
}
