//! Locks and semaphores that several want at once.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

fn one(draft: &mut Draft, place: &Place) -> String {
    let kind = draft.pick(&[
        Kind::Lock,
        Kind::Lock,
        Kind::Semaphore,
        Kind::Semaphore,
        Kind::BoundedSemaphore,
        Kind::Condition,
    ]);
    draft.object(place, kind)
}

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    let on = one(draft, place);
    Some(json!({"op": "acquire", "on": on}))
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let on = one(draft, place);
    match draft.rng.u32(..10) {
        0..4 if place.awaits && place.depth < 5 => {
            let mut body = draft.body(place.inside(), 2);
            if draft.chance(40) {
                body.push(json!({"op": "sleep", "delay": draft.delay()}));
            }
            vec![json!({"op": "async_with", "on": on, "body": body})]
        }
        4 | 5 if place.awaits && place.depth < 5 => {
            let body = draft.body(place.inside(), 2);
            let release = json!({"op": "release", "on": on});
            vec![
                json!({"op": "acquire", "on": on}),
                json!({"op": "try", "body": body, "finally": [release]}),
            ]
        }
        6 => vec![json!({"op": "locked", "on": on})],
        7 => new(draft, place),
        _ => vec![json!({"op": "release", "on": on})],
    }
}

/// One that comes about in mid-run.
fn new(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let kind = draft.pick(&Kind::LOCKS);
    let name = draft.fresh(&kind.stem());
    let mut new = draft.new_object(kind, &name);
    new["op"] = json!("new");
    place.locals.push((kind, name));
    vec![new]
}
