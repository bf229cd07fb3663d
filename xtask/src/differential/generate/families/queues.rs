//! Queues of three kinds: who fills, who empties, who waits for the work to be done, who shuts.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

fn one(draft: &mut Draft, place: &Place) -> String {
    let kind =
        draft.pick(&[Kind::Queue, Kind::Queue, Kind::Queue, Kind::LifoQueue, Kind::PriorityQueue]);
    draft.object(place, kind)
}

/// Numbers only: a priority queue compares them.
fn item(draft: &mut Draft) -> Value {
    draft.pick(&[json!(1), json!(2), json!(2), json!(3), json!(0.5), json!(-1)])
}

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    let on = one(draft, place);
    Some(match draft.rng.u32(..9) {
        0..3 => json!({"op": "put", "on": on, "item": item(draft)}),
        3..7 => json!({"op": "get", "on": on}),
        _ => json!({"op": "join", "on": on}),
    })
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let on = one(draft, place);
    vec![match draft.rng.u32(..20) {
        0..6 => json!({"op": "put_nowait", "on": on, "item": item(draft)}),
        6..10 => json!({"op": "get_nowait", "on": on}),
        10..12 => json!({"op": "task_done", "on": on}),
        12 => json!({"op": draft.pick(&["qsize", "empty", "full"]), "on": on}),
        13 => json!({"op": "shutdown", "on": on}),
        14 => json!({"op": "shutdown", "on": on, "immediate": draft.rng.bool()}),
        15..18 if place.awaits && place.depth < 5 => several(draft, place, &on),
        18 => {
            let kind = draft.pick(&Kind::QUEUES);
            let name = draft.fresh(&kind.stem());
            let mut new = draft.new_object(kind, &name);
            new["op"] = json!("new");
            place.locals.push((kind, name));
            new
        }
        _ => return Vec::new(),
    }]
}

/// Someone who puts or gets a few.
fn several(draft: &mut Draft, place: &Place, on: &str) -> Value {
    let mut body = match draft.chance(50) {
        true => vec![json!({"op": "put", "on": on, "item": item(draft)})],
        false => vec![json!({"op": "get", "on": on}), json!({"op": "task_done", "on": on})],
    };
    if draft.chance(40) {
        let inner = Place { repeats: true, ..place.inside() };
        let at = draft.rng.usize(..=body.len());
        body.splice(at..at, draft.body(inner, 1));
    }
    json!({"op": "repeat", "times": draft.pick(&[2, 3]), "body": body})
}
