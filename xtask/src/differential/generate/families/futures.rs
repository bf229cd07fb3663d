//! Futures that anyone may complete, fail or cancel.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

/// Futures that everyone knows.
pub fn setup(draft: &mut Draft, _: &mut Place) -> Vec<Value> {
    let many = draft.rng.u32(1..=2);
    let mut create = |_| {
        let name = draft.fresh("f");
        draft.globals.push((Kind::Future, name.clone()));
        json!({"op": "future", "to": name})
    };
    (0..many).map(&mut create).collect()
}

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    draft.known(place, Kind::Future).map(Value::String)
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let Some(future) = draft.known(place, Kind::Future).filter(|_| !draft.chance(15)) else {
        return create(draft, place);
    };
    vec![match draft.rng.u32(..12) {
        0..4 => json!({"op": "set_result", "on": future, "value": draft.value()}),
        4 => json!({"op": "set_exception", "on": future, "error": draft.error()}),
        5..7 => json!({"op": "cancel", "on": future}),
        7 => json!({"op": "done", "on": future}),
        8 => json!({"op": "cancelled", "on": future}),
        9 => json!({"op": "result", "on": future}),
        10 => json!({"op": "exception", "on": future}),
        _ => json!({"op": "cancel", "on": future, "msg": "f"}),
    }]
}

/// One that is completed from a callback, or failed and dropped, or just there.
fn create(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let name = draft.name_for(place, Kind::Future);
    let mut statements = vec![json!({"op": "future", "to": name})];
    match draft.rng.u32(..4) {
        0 | 1 => {
            let set = json!({"op": "set_result", "on": name, "value": draft.value()});
            let callback = draft.define_for_all("callbacks", "b", vec![set]);
            statements.push(match draft.chance(30) {
                true => json!({"op": "call_soon", "callback": callback}),
                false => json!({"op": "call_later", "delay": draft.delay(), "callback": callback}),
            });
        }
        2 => {
            statements.push(json!({"op": "set_exception", "on": name, "error": draft.error()}));
            statements.push(json!({"op": "del", "name": name}));
            place.locals.retain(|(_, known)| *known != name);
        }
        _ => {}
    }
    statements
}
