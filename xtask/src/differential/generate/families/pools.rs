//! Threads and processes: fewer workers than jobs, and jobs that call back.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    Some(match draft.rng.u32(..10) {
        0..5 => json!({"op": "to_thread", "job": job(draft, place, false)}),
        5 | 6 => json!({"op": "run_in_executor", "job": job(draft, place, false)}),
        7 => {
            let on = draft.object(place, Kind::ThreadPool);
            json!({"op": "run_in_executor", "job": job(draft, place, false), "on": on})
        }
        _ => {
            let on = draft.object(place, Kind::ProcessPool);
            json!({"op": "run_in_executor", "job": job(draft, place, true), "on": on})
        }
    })
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    match draft.rng.u32(..8) {
        // Jobs that run by themselves.
        0..5 => {
            let what = awaitable(draft, place).expect("there is always one");
            let op = if what["op"] == "to_thread" { "create_task" } else { "ensure_future" };
            let kind = if op == "create_task" { Kind::Task } else { Kind::Future };
            vec![json!({"op": op, "what": what, "to": draft.name_for(place, kind)})]
        }
        5 if draft.chance(50) => {
            let kind = draft.pick(&[Kind::ThreadPool, Kind::ProcessPool]);
            vec![json!({"op": "shutdown", "on": draft.object(place, kind)})]
        }
        6 => {
            let kind = draft.pick(&[Kind::ThreadPool, Kind::ProcessPool]);
            let name = draft.fresh(&kind.stem());
            let mut new = draft.new_object(kind, &name);
            new["op"] = json!("new");
            place.locals.push((kind, name));
            vec![new]
        }
        _ => Vec::new(),
    }
}

/// A function for a thread, or for a process.
pub fn job(draft: &mut Draft, place: &Place, process: bool) -> String {
    let part = if process { "process jobs" } else { "thread jobs" };
    if draft.chance(25)
        && let Some(name) = draft.again(part)
    {
        return name;
    }
    let mut text = Vec::new();
    for _ in 0..draft.rng.u32(1..=2) {
        text.extend(work(draft, place, process));
    }
    match draft.rng.u32(..6) {
        0 => text.push(json!({"op": "raise", "error": draft.error()})),
        1..4 => text.push(json!({"op": "return", "value": draft.value()})),
        _ => {}
    }
    let name = draft.define("jobs", "job", text);
    draft.complete.entry(part).or_default().push(name.clone());
    name
}

fn work(draft: &mut Draft, place: &Place, process: bool) -> Vec<Value> {
    match draft.rng.u32(if process { 0..7 } else { 0..14 }) {
        0..5 => vec![json!({"op": "sleep", "delay": draft.span()})],
        5 | 6 => vec![json!({"op": "cpu", "seconds": draft.pick(&[0.05, 0.1, 0.2])})],
        7 | 8 => vec![json!({"op": "print", "text": draft.fresh("p")})],
        9 | 10 => {
            let callback = draft.callback(place, false);
            vec![json!({"op": "call_soon_threadsafe", "callback": callback})]
        }
        _ => submit(draft, place),
    }
}

/// A coroutine for the loop, and what the thread does with its future.
fn submit(draft: &mut Draft, place: &Place) -> Vec<Value> {
    let coro = draft.coroutine(place, 2);
    let name = draft.fresh("future");
    let mut statements = vec![json!({"op": "submit", "coro": coro, "to": name})];
    if draft.chance(35) {
        statements.push(json!({"op": "sleep", "delay": draft.delay()}));
    }
    if draft.chance(35) {
        statements.push(json!({"op": "cancel", "on": name}));
    }
    if draft.chance(70) {
        let mut result = json!({"op": "result", "on": name});
        if draft.chance(85) {
            result["timeout"] = draft.span();
        }
        statements.push(result);
    }
    statements
}
