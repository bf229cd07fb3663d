//! Events, conditions and barriers: many who wait, and who wakes them.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    Some(match draft.rng.u32(..10) {
        0..4 => json!({"op": "wait", "on": draft.object(place, Kind::Event)}),
        4..7 => json!({"op": "wait", "on": draft.object(place, Kind::Barrier)}),
        7 => {
            let op = draft.pick(&["reset", "abort"]);
            json!({"op": op, "on": draft.object(place, Kind::Barrier)})
        }
        // Without the lock this is refused.
        8 => json!({"op": "wait", "on": draft.object(place, Kind::Condition)}),
        _ => return None,
    })
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    match draft.rng.u32(..12) {
        0..3 => {
            let op = draft.pick(&["set", "set", "set", "clear", "is_set"]);
            vec![json!({"op": op, "on": draft.object(place, Kind::Event)})]
        }
        3..9 if place.awaits && place.depth < 5 => vec![condition(draft, place)],
        3..5 => {
            let op = draft.pick(&["notify", "notify_all"]);
            vec![json!({"op": op, "on": draft.object(place, Kind::Condition)})]
        }
        9 => {
            let op = draft.pick(&["n_waiting", "parties", "broken"]);
            vec![json!({"op": op, "on": draft.object(place, Kind::Barrier)})]
        }
        10 if place.awaits && place.depth < 5 => {
            let on = draft.object(place, Kind::Barrier);
            vec![json!({"op": "async_with", "on": on, "body": draft.body(place.inside(), 2)})]
        }
        11 => new(draft, place),
        _ => Vec::new(),
    }
}

/// Who waits for a condition, or wakes those who do.
fn condition(draft: &mut Draft, place: &mut Place) -> Value {
    let on = draft.object(place, Kind::Condition);
    let number = draft.known(place, Kind::Number);
    let mut body = Vec::new();
    match (draft.rng.u32(..6), number) {
        (0 | 1, _) | (2, None) => {
            let wait = json!({"op": "wait", "on": on});
            body.extend(draft.awaited(place, wait));
        }
        (2, Some(name)) => {
            let least = draft.pick(&[1, 1, 2]);
            let wait = json!({"op": "wait_until", "on": on, "name": name, "at_least": least});
            body.extend(draft.awaited(place, wait));
        }
        (_, number) => {
            if let Some(name) = number {
                body.push(json!({"op": "add", "name": name, "by": 1}));
            }
            body.push(match draft.rng.u32(..3) {
                0 => json!({"op": "notify_all", "on": on}),
                1 => json!({"op": "notify", "on": on}),
                _ => json!({"op": "notify", "on": on, "n": draft.pick(&[0, 1, 2])}),
            });
        }
    }
    if draft.chance(35) {
        body.extend(draft.body(place.inside(), 2));
    }
    json!({"op": "async_with", "on": on, "body": body})
}

fn new(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let kind = draft.pick(&[Kind::Event, Kind::Condition, Kind::Barrier]);
    let name = draft.fresh(&kind.stem());
    let mut new = draft.new_object(kind, &name);
    new["op"] = json!("new");
    place.locals.push((kind, name));
    vec![new]
}
