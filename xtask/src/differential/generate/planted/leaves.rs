//! For each operation in which a task can be suspended: how it surely comes to that, and how it ends.

use serde_json::{Value, json};

use super::network;
use crate::differential::generate::draft::Draft;

/// An operation that suspends.
pub struct Leaf {
    /// What main does before.
    pub setup: Vec<Value>,
    /// What the task itself does before.
    pub before: Vec<Value>,
    /// The operation.
    pub op: Value,
    /// What the task does after.
    pub after: Vec<Value>,
    /// What another task does to let it go on; nothing if it ends by itself.
    pub relent: Vec<Value>,
    /// Seconds that it lasts at least, if nobody lets it go on; 0 if it may be a single turn.
    pub lasts: f64,
    /// Seconds from `relent` to when it goes on.
    pub lag: f64,
}

impl Leaf {
    pub fn new(op: Value, lasts: f64) -> Self {
        Self {
            setup: Vec::new(),
            before: Vec::new(),
            op,
            after: Vec::new(),
            relent: Vec::new(),
            lasts,
            lag: 0.0,
        }
    }

    pub fn before(self, before: impl IntoIterator<Item = Value>) -> Self {
        Self { before: before.into_iter().collect(), ..self }
    }

    /// It lasts until this is done.
    pub fn until(self, relent: impl IntoIterator<Item = Value>) -> Self {
        Self { relent: relent.into_iter().collect(), lasts: f64::INFINITY, ..self }
    }
}

/// The operation of this name in `coverage::pairs`; those that last as long as one likes last `lasts`.
pub fn leaf(draft: &mut Draft, name: &str, lasts: f64) -> Leaf {
    let (op, kind) = name.split_once(' ').unwrap_or((name, ""));
    let sleep = json!({"op": "sleep", "delay": lasts});
    match (op, kind) {
        ("sleep", "0") => Leaf::new(json!({"op": "sleep", "delay": 0}), 0.0),
        ("sleep", _) => Leaf::new(sleep, lasts),
        ("await", "Task") => {
            let task = draft.fresh("awaited");
            let create = json!({"op": "create_task", "what": sleep, "to": task});
            Leaf::new(json!({"op": "await", "on": task}), lasts).before([create])
        }
        ("await", "Future") => {
            let future = draft.fresh("awaited");
            Leaf::new(json!({"op": "await", "on": future}), lasts)
                .before([json!({"op": "future", "to": future})])
                .until([json!({"op": "set_result", "on": future, "value": 1})])
        }
        ("await", _) => {
            let next = draft.fresh("next");
            let body = [json!({"op": "await", "on": next})];
            let op = json!({"op": "for_completed", "of": [sleep], "to": next, "body": body});
            Leaf::new(op, lasts)
        }
        ("for_completed", _) => {
            let next = draft.fresh("next");
            let op = json!({"op": "for_completed", "of": [sleep], "async": true, "to": next,
                "body": [json!({"op": "await", "on": next})]});
            Leaf::new(op, lasts)
        }
        ("gather", _) => {
            let other = json!({"op": "sleep", "delay": draft.delay()});
            let return_exceptions = draft.chance(40);
            let op = json!({"op": "gather", "of": [sleep, other],
                "return_exceptions": return_exceptions});
            Leaf::new(op, lasts)
        }
        ("wait", "") => {
            let task = draft.fresh("awaited");
            let create = json!({"op": "create_task", "what": sleep, "to": task});
            Leaf::new(json!({"op": "wait", "of": [task]}), lasts).before([create])
        }
        // Of a coroutine it would be a frame, and what that does be suspended.
        ("wait_for", _) => {
            let task = draft.fresh("awaited");
            let create = json!({"op": "create_task", "what": sleep, "to": task});
            let timeout = draft.pick(&[json!(lasts), json!(5), Value::Null]);
            Leaf::new(json!({"op": "wait_for", "what": task, "timeout": timeout}), lasts)
                .before([create])
        }
        ("shield", _) => Leaf::new(json!({"op": "shield", "what": sleep}), lasts),
        ("task_group", _) => {
            let group = draft.fresh("group");
            let child = json!({"op": "create_task", "on": group, "what": sleep});
            Leaf::new(json!({"op": "task_group", "to": group, "body": [child]}), lasts)
        }
        ("acquire" | "wait" | "wait_until", _) => synchronized(draft, op, kind),
        ("put" | "get" | "join", _) => queued(draft, op, kind),
        ("to_thread" | "run_in_executor", _) => pooled(draft, op, kind, lasts),
        (_, "Generator") => stepped(draft, op, sleep, lasts),
        _ => network::leaf(draft, op, kind),
    }
}

/// A new object that nobody else knows.
fn own(draft: &mut Draft, kind: &str, value: Option<u32>) -> String {
    let name = draft.fresh(&format!("own_{}", kind.to_lowercase()));
    let mut object = json!({"to": name, "type": kind});
    if let Some(value) = value {
        object["value"] = json!(value);
    }
    draft.objects.push(object);
    name
}

fn synchronized(draft: &mut Draft, op: &str, kind: &str) -> Leaf {
    let value = match kind {
        "Semaphore" | "BoundedSemaphore" => Some(1),
        "Barrier" => Some(2),
        _ => None,
    };
    let on = own(draft, kind, value);
    let acquire = json!({"op": "acquire", "on": on});
    let release = json!({"op": "release", "on": on});
    let notify = json!({"op": draft.pick(&["notify", "notify_all"]), "on": on});
    let plain = Leaf::new(json!({"op": op, "on": on}), 0.0);
    match (op, kind) {
        // Whoever has it already waits all the same.
        ("acquire", _) => plain.before([acquire]).until([release]),
        ("wait", "Event") => plain.until([json!({"op": "set", "on": on})]),
        ("wait", "Barrier") => {
            let other = json!({"op": draft.pick(&["wait", "wait", "reset", "abort"]), "on": on});
            plain.until([other])
        }
        ("wait", _) => Leaf {
            after: vec![release],
            ..plain
                .before([acquire])
                .until([json!({"op": "async_with", "on": on, "body": [notify]})])
        },
        _ => {
            let name = draft.fresh("n");
            let add = json!({"op": "add", "name": name, "by": 1});
            let op = json!({"op": "wait_until", "on": on, "name": name, "at_least": 1});
            Leaf {
                setup: vec![json!({"op": "assign", "name": name, "value": 0})],
                after: vec![release],
                ..Leaf::new(op, 0.0)
                    .before([acquire])
                    .until([json!({"op": "async_with", "on": on, "body": [add, notify]})])
            }
        }
    }
}

fn queued(draft: &mut Draft, op: &str, kind: &str) -> Leaf {
    let on = own(draft, kind, Some(1));
    let put = json!({"op": "put_nowait", "on": on, "item": 1});
    let get = json!({"op": "get_nowait", "on": on});
    let shut = json!({"op": "shutdown", "on": on, "immediate": draft.rng.bool()});
    let shuts = draft.chance(20);
    let or_shut = |last: Value| if shuts { shut } else { last };
    match op {
        "put" => {
            let op = json!({"op": "put", "on": on, "item": 2});
            Leaf::new(op, 0.0).before([put]).until([or_shut(get)])
        }
        "get" => Leaf::new(json!({"op": "get", "on": on}), 0.0).until([or_shut(put)]),
        _ => {
            let done = json!({"op": "task_done", "on": on});
            Leaf::new(json!({"op": "join", "on": on}), 0.0).before([put]).until([get, done])
        }
    }
}

fn pooled(draft: &mut Draft, op: &str, kind: &str, lasts: f64) -> Leaf {
    let text = vec![json!({"op": "sleep", "delay": lasts}), json!({"op": "return", "value": 1})];
    let job = draft.define("jobs", "job", text);
    let mut op = json!({"op": op, "job": job});
    if !kind.is_empty() {
        op["on"] = json!(own(draft, kind, Some(1)));
    }
    Leaf::new(op, lasts)
}

/// A generator that is suspended in what it does when it is stepped in this way.
fn stepped(draft: &mut Draft, op: &str, sleep: Value, lasts: f64) -> Leaf {
    let give = json!({"op": "yield", "value": 0});
    let error = json!({"type": "ValueError", "text": "thrown"});
    let text = match op {
        "anext" | "async_for" => vec![sleep, give],
        "asend" => vec![give.clone(), sleep, give],
        "athrow" => vec![json!({"op": "try", "body": [give],
            "except": [{"type": "ValueError", "body": [sleep]}]})],
        _ => vec![json!({"op": "try", "body": [give], "finally": [sleep]})],
    };
    let generator = draft.define("generators", "g", text);
    let on = draft.fresh("own_generator");
    let create = json!({"op": "generator", "gen": generator, "to": on});
    let first = json!({"op": "anext", "on": on});
    match op {
        "async_for" => {
            let body = [json!({"op": "time"})];
            let op = match draft.chance(50) {
                true => json!({"op": "async_for", "gen": generator, "body": body}),
                false => {
                    return Leaf::new(json!({"op": "async_for", "on": on, "body": body}), lasts)
                        .before([create]);
                }
            };
            Leaf::new(op, lasts)
        }
        "anext" => Leaf::new(json!({"op": "anext", "on": on}), lasts).before([create]),
        "asend" => {
            let op = json!({"op": "asend", "on": on, "value": 5});
            Leaf::new(op, lasts).before([create, first])
        }
        "athrow" => {
            let op = json!({"op": "athrow", "on": on, "error": error});
            Leaf::new(op, lasts).before([create, first])
        }
        _ => Leaf::new(json!({"op": "aclose", "on": on}), lasts).before([create, first]),
    }
}

/// The kinds that `own` objects have are those of the language.
#[cfg(test)]
#[test]
fn kinds_have_the_names_of_the_language() {
    assert_eq!(
        format!("{:?}", crate::differential::generate::draft::Kind::BoundedSemaphore),
        "BoundedSemaphore"
    );
}
