//! What is raised and caught, also cancellations that are swallowed or put off.

use serde_json::{Value, json};

use crate::differential::generate::draft::Draft;
use crate::differential::generate::place::Place;

/// Errors that hardly ever come where they are caught.
const RARE: [&str; 20] = [
    "KeyboardInterrupt",
    "SystemExit",
    "OwnError",
    "OwnExit",
    "ValueError",
    "RuntimeError",
    "OSError",
    "LookupError",
    "ConnectionError",
    "BaseExceptionGroup",
    "GeneratorExit",
    "StopAsyncIteration",
    "InvalidStateError",
    "BrokenBarrierError",
    "QueueEmpty",
    "QueueFull",
    "QueueShutDown",
    "IncompleteReadError",
    "LimitOverrunError",
    "NameError",
];

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    match draft.rng.u32(..10) {
        0..7 if place.depth < 5 => vec![attempt(draft, place)],
        7 if draft.chance(40) => vec![raise(draft, None)],
        8 if place.handles => vec![json!({"op": "raise"})],
        _ => Vec::new(),
    }
}

/// A `try`.
fn attempt(draft: &mut Draft, place: &mut Place) -> Value {
    let mut body = draft.body(place.inside(), 3);
    if place.awaits && draft.chance(40) {
        body.push(json!({"op": "sleep", "delay": draft.span()}));
    }
    if draft.chance(15) {
        body.push(json!({"op": "raise", "error": draft.error()}));
    }
    let mut attempt = json!({"op": "try", "body": body});
    let finally = draft.chance(35);
    if !finally || draft.chance(60) {
        let many = draft.pick(&[1, 1, 2]);
        let handlers: Vec<Value> = (0..many).map(|_| handler(draft, place)).collect();
        attempt["except"] = Value::Array(handlers);
        if draft.chance(15) {
            attempt["else"] = Value::Array(draft.body(place.inside(), 2));
        }
    }
    if finally {
        attempt["finally"] = Value::Array(draft.body(place.handler(false), 2));
    }
    attempt
}

fn handler(draft: &mut Draft, place: &Place) -> Value {
    let kind = match draft.rng.u32(..16) {
        0..7 => "CancelledError",
        7 | 8 => "TimeoutError",
        9 | 10 => "Exception",
        11 | 12 => "BaseException",
        13 => draft.pick(&["ExceptionGroup", "GeneratorExit"]),
        _ => draft.pick(&RARE),
    };
    let mut body = Vec::new();
    if draft.chance(20) {
        body.push(json!({"op": draft.pick(&["uncancel", "cancelling"]), "on": "self"}));
    }
    // A cancellation that takes its time, and may be cancelled in turn.
    if place.awaits && draft.chance(40) {
        body.push(json!({"op": "sleep", "delay": draft.delay()}));
    }
    if draft.chance(40) {
        body.extend(draft.body(place.handler(true), 2));
    }
    let name = draft.chance(50).then(|| draft.fresh("e"));
    if draft.chance(55) {
        body.push(match draft.chance(60) {
            true => json!({"op": "raise"}),
            false => raise(draft, name.as_deref()),
        });
    }
    if let Some(name) = &name {
        body.insert(0, json!({"op": "chain", "on": name}));
    }
    let mut handler = json!({"type": kind, "body": body});
    if let Some(name) = name {
        handler["to"] = json!(name);
    }
    handler
}

/// A `raise`, perhaps of an error that is kept, or from it.
fn raise(draft: &mut Draft, kept: Option<&str>) -> Value {
    let mut raise = json!({"op": "raise", "error": draft.error()});
    match (draft.rng.u32(..6), kept) {
        (0, Some(kept)) => return json!({"op": "raise", "on": kept}),
        (1 | 2, Some(kept)) => raise["from"] = json!(kept),
        (3, _) => raise["from"] = draft.error(),
        (4, _) => raise["from"] = Value::Null,
        _ => {}
    }
    raise
}
