//! `as_completed`, both ways.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if !place.awaits || place.depth > 4 {
        return Vec::new();
    }
    let mut of = draft.awaitables(place, 3);
    if draft.chance(30) {
        of.extend(draft.task(place).map(Value::String));
    }
    let name = draft.fresh("next");
    let is_async = draft.chance(50);
    let inner = Place { repeats: true, ..place.inside() };
    let mut body = Vec::new();
    if draft.chance(85) {
        let next = json!({"op": "await", "on": name});
        body.push(match draft.chance(50) {
            true => {
                let kind = draft.pick(&["Exception", "TimeoutError", "BaseException"]);
                json!({"op": "try", "body": [next], "except": [{"type": kind, "body": []}]})
            }
            false => next,
        });
    }
    if draft.chance(40) {
        let inner = if is_async { inner.with(Kind::Peer, &name) } else { inner };
        body.extend(draft.body(inner, 2));
    }
    if draft.chance(15) {
        body.push(json!({"op": "break"}));
    }
    let mut each = json!({"op": "for_completed", "of": of, "to": name, "body": body});
    if draft.chance(45) || draft.chance(place.guard) {
        each["timeout"] = draft.limit();
    }
    if is_async {
        each["async"] = json!(true);
    }
    vec![each]
}
