//! Task groups whose children fail, are cancelled, and add others.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let known = draft.known(place, Kind::Group);
    match known {
        Some(group) if draft.chance(55) && place.depth < 5 => vec![child(draft, place, &group)],
        _ if place.awaits && place.depth < 4 => vec![around(draft, place)],
        _ => Vec::new(),
    }
}

fn child(draft: &mut Draft, place: &mut Place, group: &str) -> Value {
    let what = match draft.rng.u32(..12) {
        0..3 => {
            let text = [
                json!({"op": "sleep", "delay": draft.delay()}),
                json!({"op": "raise", "error": draft.error()}),
            ];
            let name = draft.define_for_all("coroutines", "c", text.to_vec());
            json!({"op": "call", "coro": name})
        }
        3 => draft.awaitable(place),
        _ => draft.call(place, 3),
    };
    let mut create = json!({"op": "create_task", "on": group, "what": what});
    if draft.chance(60) {
        create["to"] = json!(draft.name_for(place, Kind::Task));
    }
    if draft.chance(10) {
        create["name"] = json!("child");
    }
    create
}

fn around(draft: &mut Draft, place: &mut Place) -> Value {
    let name = draft.fresh("group");
    let mut inner = place.inside().with(Kind::Group, &name);
    let mut body = Vec::new();
    for _ in 0..draft.rng.u32(1..=3) {
        body.push(child(draft, &mut inner, &name));
    }
    if draft.chance(60) {
        body.extend(draft.body(inner, 2));
    }
    if draft.chance(10) {
        body.push(json!({"op": "raise", "error": draft.error()}));
    }
    let mut group = json!({"op": "task_group", "to": name, "body": body});
    if draft.chance(place.guard) {
        group = json!({"op": "timeout", "delay": draft.span(), "body": [group]});
    }
    if draft.chance(50) {
        let kind = draft.pick(&["ExceptionGroup", "BaseExceptionGroup", "CancelledError"]);
        let end = json!({"type": "TimeoutError", "body": []});
        group = json!({"op": "try", "body": [group], "except": [{"type": kind, "body": []}, end]});
    }
    group
}
