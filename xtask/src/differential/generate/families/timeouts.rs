//! `timeout` and `timeout_at`, nested and moved.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let known = draft.known(place, Kind::Timeout);
    match known {
        Some(timeout) if draft.chance(50) => vec![on(draft, &timeout)],
        _ if place.awaits && place.depth < 5 => around(draft, place),
        _ => Vec::new(),
    }
}

fn on(draft: &mut Draft, timeout: &str) -> Value {
    match draft.rng.u32(..6) {
        0..4 => json!({"op": "reschedule", "on": timeout, "when": draft.limit()}),
        4 => json!({"op": "expired", "on": timeout}),
        _ => json!({"op": "when", "on": timeout}),
    }
}

fn around(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let name = draft.fresh("timeout");
    let mut body = draft.body(place.inside().with(Kind::Timeout, &name), 3);
    if draft.chance(60) {
        // Of the same length at times, so that the timeout and the end of this coincide.
        body.push(json!({"op": "sleep", "delay": draft.span()}));
    }
    let field = if draft.chance(30) { "at" } else { "delay" };
    let mut timeout = json!({"op": "timeout", "to": name, "body": body});
    timeout[field] = draft.limit();
    if draft.chance(40) {
        timeout = json!({"op": "try", "body": [timeout],
            "except": [{"type": "TimeoutError", "body": []}]});
    }
    let mut statements = vec![timeout];
    if draft.chance(25) {
        statements.push(json!({"op": "expired", "on": name}));
    }
    if draft.chance(5) {
        statements.push(json!({"op": "reschedule", "on": name, "when": draft.limit()}));
    }
    statements
}
