//! Sleeps, lines, variables, branches, random numbers.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn awaitable(draft: &mut Draft, _: &mut Place) -> Option<Value> {
    let mut sleep = json!({"op": "sleep", "delay": draft.delay()});
    if draft.chance(15) {
        sleep["result"] = draft.value();
    }
    Some(sleep)
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    match draft.rng.u32(..14) {
        0..3 => vec![json!({"op": "print", "text": draft.fresh("p")})],
        3 => vec![json!({"op": "time"})],
        4..6 => number(draft, place),
        6..8 => branch(draft, place),
        8..10 => repeat(draft, place),
        10 => {
            let method = draft.rng.usize(..7);
            vec![random(method)]
        }
        11 if draft.chance(if draft.debug { 100 } else { 35 }) => {
            vec![json!({"op": "time_sleep", "seconds": draft.pick(&[0.05, 0.1, 0.15, 0.2])})]
        }
        12 if place.repeats => vec![json!({"op": draft.pick(&["break", "continue"])})],
        13 if place.depth > 0 && draft.chance(30) => vec![match place.generator {
            true => json!({"op": "return"}),
            false => json!({"op": "return", "value": draft.value()}),
        }],
        _ => Vec::new(),
    }
}

/// A variable that counts; those of the program's own are never deleted.
fn number(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let Some(name) = draft.known(place, Kind::Number).filter(|_| draft.chance(80)) else {
        let name = draft.fresh("n");
        place.locals.push((Kind::Number, name.clone()));
        return vec![json!({"op": "assign", "name": name, "value": draft.small()})];
    };
    match draft.rng.u32(..5) {
        0 => vec![json!({"op": "show", "name": name})],
        1 => vec![json!({"op": "assign", "name": name, "value": draft.small()})],
        _ => vec![json!({"op": "add", "name": name, "by": draft.pick(&[1, 1, 2, -1])})],
    }
}

fn branch(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let Some(name) = draft.known(place, Kind::Number) else { return Vec::new() };
    let mut branch = json!({"op": "if", "name": name, "then": draft.body(place.inside(), 2)});
    if draft.chance(50) {
        branch["at_least"] = draft.small();
    }
    if draft.chance(50) {
        branch["else"] = Value::Array(draft.body(place.inside(), 2));
    }
    vec![branch]
}

fn repeat(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if place.depth > 3 {
        return Vec::new();
    }
    let inner = Place { repeats: true, ..place.inside() };
    vec![json!({"op": "repeat", "times": draft.pick(&[2, 2, 3]), "body": draft.body(inner, 3)})]
}

/// A random number, list or element, by one of the seven methods.
pub fn random(method: usize) -> Value {
    let mut all = vec![
        ("random", json!([])),
        ("uniform", json!([0, 1.5])),
        ("randint", json!([1, 6])),
        ("choice", json!([["a", "b", "c"]])),
        ("shuffle", json!([[1, 2, 3, 4, 5]])),
        ("expovariate", json!([2.0])),
        ("gauss", json!([0.0, 1.0])),
    ];
    let (method, args) = all.swap_remove(method);
    json!({"op": "random", "method": method, "args": args})
}
