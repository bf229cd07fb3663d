//! Asynchronous generators: stepped, sent to, thrown into, closed, left half-way.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

/// One that everyone steps.
pub fn setup(draft: &mut Draft, _: &mut Place) -> Vec<Value> {
    let text = text(draft, &Place::coroutine(1));
    let generator = draft.define_for_all("generators", "g", text);
    let name = draft.fresh("generator");
    draft.globals.push((Kind::Generator, name.clone()));
    vec![json!({"op": "generator", "gen": generator, "to": name})]
}

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    let on = draft.known(place, Kind::Generator)?;
    Some(match draft.rng.u32(..12) {
        0..6 => json!({"op": "anext", "on": on}),
        6..8 => json!({"op": "asend", "on": on, "value": sent(draft)}),
        8..10 => json!({"op": "athrow", "on": on, "error": thrown(draft)}),
        _ => json!({"op": "aclose", "on": on}),
    })
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if place.generator && draft.chance(30) {
        return vec![give(draft)];
    }
    match draft.rng.u32(..10) {
        0..4 if place.awaits && place.depth < 5 => vec![each(draft, place)],
        4..8 => {
            let generator = generator(draft, place);
            let name = draft.name_for(place, Kind::Generator);
            vec![json!({"op": "generator", "gen": generator, "to": name})]
        }
        8 => {
            let own = |(kind, _): &(Kind, String)| *kind == Kind::Generator;
            let Some(at) = place.locals.iter().position(own) else { return Vec::new() };
            let (_, name) = place.locals.remove(at);
            vec![json!({"op": "del", "name": name})]
        }
        _ => Vec::new(),
    }
}

/// A generator that has not begun takes only null.
fn sent(draft: &mut Draft) -> Value {
    if draft.chance(50) { Value::Null } else { draft.value() }
}

fn thrown(draft: &mut Draft) -> Value {
    let kind = draft.pick(&[
        "ValueError",
        "CancelledError",
        "StopIteration",
        "RuntimeError",
        "GeneratorExit",
    ]);
    json!({"type": kind, "text": "thrown"})
}

/// A `yield`; at times what is sent is kept.
fn give(draft: &mut Draft) -> Value {
    let mut give = json!({"op": "yield", "value": draft.value()});
    if draft.chance(20) {
        give["to"] = json!(draft.fresh("sent"));
    }
    give
}

/// The text of one: each `yield` stands alone, or in what must be cleaned up.
fn text(draft: &mut Draft, place: &Place) -> Vec<Value> {
    let mut inner = Place { generator: true, ..Place::coroutine(place.depth + 1) };
    let mut text = Vec::new();
    for _ in 0..draft.rng.u32(1..=2) {
        let mut some = vec![json!({"op": "sleep", "delay": draft.delay()}), give(draft)];
        if draft.chance(35) {
            some.extend(draft.block(&mut inner, 2));
        }
        if draft.chance(40) {
            let mut attempt = json!({"op": "try", "body": some});
            if draft.chance(60) {
                let end = draft.body(inner.handler(false), 2);
                attempt["finally"] = Value::Array(end);
            } else {
                let kind = draft.pick(&[
                    "GeneratorExit",
                    "GeneratorExit",
                    "BaseException",
                    "CancelledError",
                    "ValueError",
                ]);
                let mut body = draft.body(inner.handler(true), 1);
                if draft.chance(60) {
                    body.push(json!({"op": "raise"}));
                }
                attempt["except"] = json!([{"type": kind, "body": body}]);
            }
            some = vec![attempt];
        }
        text.extend(some);
    }
    text
}

fn generator(draft: &mut Draft, place: &Place) -> String {
    if draft.chance(30)
        && let Some(name) = draft.again("generators")
    {
        return name;
    }
    let text = text(draft, place);
    draft.define_for_all("generators", "g", text)
}

/// An `async for`, often left before its end.
fn each(draft: &mut Draft, place: &mut Place) -> Value {
    let inner = Place { repeats: true, ..place.inside() };
    let mut body = draft.body(inner, 2);
    if draft.chance(35) {
        body.push(json!({"op": "break"}));
    }
    let mut each = json!({"op": "async_for", "body": body});
    match draft.known(place, Kind::Generator).filter(|_| draft.chance(40)) {
        Some(name) => each["on"] = json!(name),
        None => each["gen"] = json!(generator(draft, place)),
    }
    if draft.chance(60) {
        each["to"] = json!(draft.fresh("item"));
    }
    each
}
