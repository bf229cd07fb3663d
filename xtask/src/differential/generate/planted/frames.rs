//! What encloses an operation: what runs it, and what stands around it.

use serde_json::{Value, json};

use super::network;
use crate::differential::generate::draft::Draft;

/// Statements within a frame, and what main does before.
pub struct Framed {
    pub setup: Vec<Value>,
    pub statements: Vec<Value>,
}

/// Whether the frame has a task of its own.
pub fn is_task(frame: &str) -> bool {
    matches!(frame, "main" | "task" | "eager task" | "connection handler" | "submitted")
        || frame.ends_with(" child")
}

/// Statements that run `inner` within the frame of this name in `coverage::pairs`.
pub fn frame(draft: &mut Draft, name: &str, inner: Vec<Value>) -> Framed {
    let mut setup = Vec::new();
    let statements = match name {
        _ if is_task(name) => task(draft, name, inner, &mut setup),
        "call" => vec![call(draft, inner)],
        "await Coroutine" => {
            let kept = draft.fresh("kept");
            let what = call(draft, inner);
            vec![
                json!({"op": "coroutine", "what": what, "to": kept}),
                json!({"op": "await", "on": kept}),
            ]
        }
        "wait_for" => {
            let timeout = draft.pick(&[json!(5), json!(1), Value::Null]);
            vec![json!({"op": "wait_for", "what": call(draft, inner), "timeout": timeout})]
        }
        "timeout" => {
            let field = draft.pick(&["delay", "at"]);
            let mut timeout = json!({"op": "timeout", "body": inner});
            timeout[field] = draft.pick(&[json!(5), json!(1), Value::Null]);
            vec![timeout]
        }
        "task_group body" => vec![json!({"op": "task_group", "body": inner})],
        "generator body" => {
            let text = [inner, vec![json!({"op": "yield", "value": 1})]].concat();
            let generator = draft.define("generators", "g", text);
            if draft.chance(50) {
                vec![json!({"op": "async_for", "gen": generator, "body": []})]
            } else {
                let on = draft.fresh("own_generator");
                let create = json!({"op": "generator", "gen": generator, "to": on});
                let step = draft.pick(&[
                    json!({"op": "anext", "on": on}),
                    json!({"op": "asend", "on": on, "value": null}),
                ]);
                vec![create, step]
            }
        }
        _ => match name.split_once(' ') {
            Some(("async_with", kind)) => with(draft, kind, inner, &mut setup),
            Some(("context", part)) => vec![context(draft, part, inner)],
            Some(("async_for" | "for_completed", _)) => vec![each(draft, name, inner)],
            _ => vec![attempt(draft, name, inner)],
        },
    };
    Framed { setup, statements }
}

/// The inner statements as a coroutine of their own.
fn coroutine(draft: &mut Draft, inner: Vec<Value>) -> String {
    draft.define("coroutines", "framed", inner)
}

fn call(draft: &mut Draft, inner: Vec<Value>) -> Value {
    json!({"op": "call", "coro": coroutine(draft, inner)})
}

fn task(draft: &mut Draft, name: &str, inner: Vec<Value>, setup: &mut Vec<Value>) -> Vec<Value> {
    let coro = coroutine(draft, inner);
    let call = json!({"op": "call", "coro": coro});
    match name {
        "gather child" => {
            let mut of = vec![call];
            if draft.chance(50) {
                of.push(json!({"op": "sleep", "delay": draft.delay()}));
            }
            let return_exceptions = draft.chance(30);
            vec![json!({"op": "gather", "of": of, "return_exceptions": return_exceptions})]
        }
        "shield child" => vec![json!({"op": "shield", "what": call})],
        "task_group child" => {
            let group = draft.fresh("group");
            let create = json!({"op": "create_task", "on": group, "what": call});
            vec![json!({"op": "task_group", "to": group, "body": [create]})]
        }
        "for_completed child" => {
            let next = draft.fresh("next");
            let body = [json!({"op": "await", "on": next})];
            let is_async = draft.rng.bool();
            vec![json!({"op": "for_completed", "of": [call], "to": next, "async": is_async,
                "body": body})]
        }
        "connection handler" => {
            network::latency(draft);
            let (start, _, port) = network::server(draft, &coro, None);
            setup.push(start);
            let stream = draft.fresh("own_stream");
            let open = json!({"op": "open_connection", "port": port, "to": stream});
            vec![
                open,
                draft.pick(&[
                    json!({"op": "sleep", "delay": 1}),
                    json!({"op": "read", "on": stream}),
                ]),
            ]
        }
        "submitted" => {
            let future = draft.fresh("submitted");
            let submit = json!({"op": "submit", "coro": coro, "to": future});
            let result = json!({"op": "result", "on": future, "timeout": 3});
            let job = draft.define("jobs", "job", vec![submit, result]);
            vec![json!({"op": "to_thread", "job": job})]
        }
        _ => {
            let task = draft.fresh("framed");
            let mut create = json!({"op": "create_task", "what": call, "to": task});
            if name == "eager task" {
                create["eager"] = json!(true);
            }
            vec![create, json!({"op": "await", "on": task})]
        }
    }
}

fn with(draft: &mut Draft, kind: &str, inner: Vec<Value>, setup: &mut Vec<Value>) -> Vec<Value> {
    let on = if kind == "Server" {
        network::latency(draft);
        let handler = draft.define("coroutines", "h", vec![json!({"op": "sleep", "delay": 0.1})]);
        let (start, name, _) = network::server(draft, &handler, None);
        setup.push(start);
        name
    } else {
        let name = draft.fresh(&format!("own_{}", kind.to_lowercase()));
        let mut object = json!({"to": name, "type": kind});
        if kind == "Barrier" || kind.ends_with("Semaphore") {
            object["value"] = json!(1);
        }
        draft.objects.push(object);
        name
    };
    vec![json!({"op": "async_with", "on": on, "body": inner})]
}

fn context(draft: &mut Draft, part: &str, inner: Vec<Value>) -> Value {
    let mut context = json!({"op": "context", "body": []});
    context[part] = Value::Array(inner);
    match part {
        "body" => context["exit"] = json!([{"op": "sleep", "delay": draft.delay()}]),
        // What is on its way may be an error already, which a cancellation then replaces.
        "exit" if draft.chance(40) => {
            context["body"] = json!([{"op": "raise", "error": {"type": "ValueError"}}]);
        }
        _ => context["exit"] = context.get("exit").cloned().unwrap_or_else(|| json!([])),
    }
    if draft.chance(30) {
        context["swallow"] = json!(true);
    }
    context
}

fn each(draft: &mut Draft, name: &str, inner: Vec<Value>) -> Value {
    if name == "async_for body" {
        let give = json!({"op": "yield", "value": 1});
        let text = match draft.rng.u32(..3) {
            0 => vec![give],
            1 => vec![give.clone(), give],
            _ => vec![json!({"op": "try", "body": [give],
                "finally": [{"op": "sleep", "delay": draft.delay()}]})],
        };
        let generator = draft.define("generators", "g", text);
        return json!({"op": "async_for", "gen": generator, "body": inner});
    }
    let next = draft.fresh("next");
    let body = [vec![json!({"op": "await", "on": next})], inner].concat();
    let of = [json!({"op": "sleep", "delay": 0})];
    let is_async = name == "for_completed async body";
    json!({"op": "for_completed", "of": of, "to": next, "async": is_async, "body": body})
}

fn attempt(draft: &mut Draft, name: &str, inner: Vec<Value>) -> Value {
    let raise = json!({"op": "raise", "error": {"type": "ValueError", "text": "first"}});
    let line = json!({"op": "print", "text": draft.fresh("p")});
    match name {
        "try body" => {
            let kind = draft.pick(&["Exception", "ValueError", "CancelledError", "BaseException"]);
            let again = json!({"op": "raise"});
            json!({"op": "try", "body": inner, "except": [{"type": kind, "body": [line, again]}]})
        }
        "except handler" => {
            json!({"op": "try", "body": [raise], "except": [{"type": "ValueError", "body": inner}]})
        }
        "else handler" => json!({"op": "try", "body": [line], "else": inner,
            "except": [{"type": "ValueError", "body": []}]}),
        "finally handler" => {
            let first = draft.pick(&[line, raise]);
            json!({"op": "try", "body": [first], "finally": inner})
        }
        other => unreachable!("no frame is called {other}"),
    }
}
