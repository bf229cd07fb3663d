//! Context managers of the program, with awaits on the way in and out.

use serde_json::{Value, json};

use crate::differential::generate::draft::Draft;
use crate::differential::generate::place::Place;

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if !place.awaits || place.depth > 4 {
        return Vec::new();
    }
    // Functions of their own: no break, no return, nothing that is being handled.
    let own = Place { repeats: false, generator: false, handles: false, ..place.inside() };
    let own = Place { depth: own.depth.max(1), ..own };
    let mut context = json!({"op": "context", "body": draft.body(place.inside(), 3)});
    for (field, often) in [("enter", 50), ("exit", 80)] {
        if draft.chance(often) {
            let mut part = draft.body(own.clone(), 2);
            part.retain(|statement| !returns(statement));
            context[field] = Value::Array(part);
        }
    }
    if draft.chance(35) {
        context["swallow"] = json!(true);
    }
    vec![context]
}

/// Whether there is a `return` in the statement.
fn returns(statement: &Value) -> bool {
    match statement {
        Value::Array(list) => list.iter().any(returns),
        Value::Object(fields) => {
            fields.get("op").is_some_and(|op| op == "return") || fields.values().any(returns)
        }
        _ => false,
    }
}
