//! Tasks that all want the same, and one that lets them have it.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

/// Two or three tasks that do the one, and at times one that does the other, a moment later.
fn storm(draft: &mut Draft, one: Vec<Value>, other: Vec<Value>) -> Vec<Value> {
    let mut one = one;
    if draft.chance(50) {
        one.insert(0, json!({"op": "sleep", "delay": draft.delay()}));
    }
    let one = draft.define_for_all("coroutines", "c", one);
    let mut coroutines = vec![one; draft.rng.usize(2..=3)];
    if draft.chance(75) {
        let mut text = vec![json!({"op": "sleep", "delay": draft.delay()})];
        text.extend(other);
        let other = draft.define_for_all("coroutines", "c", text);
        let at = draft.rng.usize(..=coroutines.len());
        coroutines.insert(at, other);
    }
    let create = |coro| {
        let name = draft.fresh("t");
        draft.globals.push((Kind::Task, name.clone()));
        json!({"op": "create_task", "what": {"op": "call", "coro": coro}, "to": name})
    };
    coroutines.into_iter().map(create).collect()
}

/// What those do who have what they wanted.
fn then(draft: &mut Draft) -> Vec<Value> {
    let mut place = Place::coroutine(3);
    let sleep = json!({"op": "sleep", "delay": draft.delay()});
    if draft.chance(50) { vec![sleep] } else { draft.block(&mut place, 2) }
}

/// For locks and semaphores.
pub fn locks(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let kind = draft.pick(&Kind::LOCKS);
    let on = draft.object(place, kind);
    let one = json!({"op": "async_with", "on": on, "body": then(draft)});
    storm(draft, vec![one], vec![json!({"op": "release", "on": on})])
}

/// For events, conditions and barriers.
pub fn conditions(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let number = draft.fresh("n");
    draft.globals.push((Kind::Number, number.clone()));
    let mut statements = vec![json!({"op": "assign", "name": number, "value": 0})];
    let kind =
        draft.pick(&[Kind::Event, Kind::Condition, Kind::Condition, Kind::Barrier, Kind::Barrier]);
    let on = draft.object(place, kind);
    let wait = json!({"op": "wait", "on": on});
    let (one, other) = match kind {
        Kind::Event => (vec![wait], vec![json!({"op": "set", "on": on})]),
        Kind::Barrier => {
            let end = draft.pick(&["abort", "reset", "wait"]);
            let one = match draft.chance(30) {
                true => json!({"op": "async_with", "on": on, "body": then(draft)}),
                false => wait,
            };
            (vec![one], vec![json!({"op": end, "on": on})])
        }
        _ => {
            let least = draft.pick(&[1, 1, 2]);
            let until = json!({"op": "wait_until", "on": on, "name": number, "at_least": least});
            let wait = draft.pick(&[wait, until]);
            let add = json!({"op": "add", "name": number, "by": draft.pick(&[1, 2])});
            let notify = draft.pick(&[
                json!({"op": "notify", "on": on}),
                json!({"op": "notify", "on": on, "n": 2}),
                json!({"op": "notify_all", "on": on}),
            ]);
            let with = |body: Vec<Value>| json!({"op": "async_with", "on": on, "body": body});
            (vec![with([vec![wait], then(draft)].concat())], vec![with(vec![add, notify])])
        }
    };
    statements.extend(storm(draft, one, other));
    statements
}

/// For queues.
pub fn queues(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let kind = draft.pick(&Kind::QUEUES);
    let on = draft.object(place, kind);
    let put = |item| json!({"op": "put", "on": on, "item": item});
    let get = vec![json!({"op": "get", "on": on}), json!({"op": "task_done", "on": on})];
    let shutdown = json!({"op": "shutdown", "on": on, "immediate": draft.rng.bool()});
    let (mut one, mut other) = (vec![put(1), put(2)], get);
    if draft.rng.bool() {
        (one, other) = (other, one);
    }
    if draft.chance(30) {
        other.push(draft.pick(&[shutdown, json!({"op": "join", "on": on})]));
    }
    storm(draft, one, other)
}

/// For pools: more jobs than workers.
pub fn pools(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let job = super::pools::job(draft, place, false);
    let one = json!({"op": "to_thread", "job": job});
    let other = super::pools::awaitable(draft, place).expect("there is always one");
    storm(draft, vec![one], vec![other])
}
