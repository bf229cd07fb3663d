//! One more operation in every program, each in its turn: so that none is rare.

use serde_json::{Value, json};

use super::draft::{Draft, Kind};
use super::place::Place;

/// Operations without fields on objects that can be made at any time.
const PLAIN: [(&str, &[Kind]); 15] = [
    ("locked", &Kind::LOCKS),
    ("release", &Kind::LOCKS),
    ("qsize", &Kind::QUEUES),
    ("empty", &Kind::QUEUES),
    ("full", &Kind::QUEUES),
    ("get_nowait", &Kind::QUEUES),
    ("task_done", &Kind::QUEUES),
    ("shutdown", &Kind::QUEUES),
    ("shutdown", &[Kind::ThreadPool, Kind::ProcessPool]),
    ("n_waiting", &[Kind::Barrier]),
    ("parties", &[Kind::Barrier]),
    ("broken", &[Kind::Barrier]),
    ("clear", &[Kind::Event]),
    ("is_set", &[Kind::Event]),
    ("notify_all", &[Kind::Condition]),
];

/// What can be asked of tasks and futures; the last two of tasks only.
const ASKED: [&str; 7] =
    ["done", "cancelled", "result", "exception", "get_name", "uncancel", "cancelling"];

/// What can be done with streams and servers.
const STREAM: [&str; 4] = ["write_eof", "is_closing", "at_eof", "transport_abort"];
const SERVER: [&str; 4] = ["is_serving", "close", "close_clients", "abort_clients"];

/// The statements of this number among those of one sort.
type Sort = fn(&mut Draft, &mut Place, usize) -> Vec<Value>;

/// The statements that this program has in addition.
pub fn sprinkle(draft: &mut Draft, place: &mut Place, index: u64) -> Vec<Value> {
    let sorts: [Sort; 8] = [plain, plain, asked, network, job, control, scheduled, added];
    let (sort, index) = (index % sorts.len() as u64, index / sorts.len() as u64);
    let statements = sorts[sort as usize](draft, place, index as usize);
    // Wrong states are likely.
    vec![json!({"op": "try", "body": statements, "except": [{"type": "Exception", "body": []}]})]
}

fn plain(draft: &mut Draft, place: &mut Place, at: usize) -> Vec<Value> {
    let all: Vec<(&str, Kind)> =
        PLAIN.iter().flat_map(|(op, kinds)| kinds.iter().map(move |&kind| (*op, kind))).collect();
    let (op, kind) = all[at % all.len()];
    vec![json!({"op": op, "on": draft.object(place, kind)})]
}

fn asked(draft: &mut Draft, place: &mut Place, at: usize) -> Vec<Value> {
    let op = ASKED[at / 2 % ASKED.len()];
    let future = at.is_multiple_of(2) && ["done", "cancelled", "result", "exception"].contains(&op);
    let name = draft.fresh(if future { "f" } else { "t" });
    let error = json!({"op": "set_exception", "on": name, "error": draft.error()});
    let sleep = json!({"op": "sleep", "delay": draft.delay()});
    let mut statements = match future {
        true => vec![json!({"op": "future", "to": name})],
        false => {
            let what = if draft.chance(60) { draft.call(place, 2) } else { sleep.clone() };
            vec![json!({"op": "create_task", "what": what, "to": name}), sleep]
        }
    };
    match draft.rng.u32(..4) {
        0 => statements.push(json!({"op": "cancel", "on": name})),
        1 if future => statements.push(error),
        2 if future => statements.push(json!({"op": "set_result", "on": name, "value": 1})),
        _ => {}
    }
    statements.push(json!({"op": op, "on": name}));
    statements
}

fn network(draft: &mut Draft, _: &mut Place, at: usize) -> Vec<Value> {
    let handler = vec![
        json!({"op": "write", "on": "peer", "data": "ab"}),
        json!({"op": "sleep", "delay": draft.delay()}),
        json!({"op": "close", "on": "peer"}),
    ];
    let handler = draft.define("coroutines", "h", handler);
    let (server, stream) = (draft.fresh("server"), draft.fresh("stream"));
    let (op, on) = match at % 9 {
        0 => ("writelines", &stream),
        at @ 1..5 => (STREAM[at - 1], &stream),
        at => (SERVER[at - 5], &server),
    };
    let mut last = json!({"op": op, "on": on});
    if op == "writelines" {
        last["data"] = json!(["a", "b\n"]);
    }
    let read = json!({"op": "read", "on": stream, "n": draft.pick(&[-1, 1, 5])});
    let port = draft.pick(&[7000, 7001]);
    vec![
        json!({"op": "start_server", "port": port, "handler": handler, "to": server}),
        json!({"op": "open_connection", "port": port, "to": stream}),
        last,
        read,
        json!({"op": "close", "on": server}),
    ]
}

fn job(draft: &mut Draft, place: &mut Place, at: usize) -> Vec<Value> {
    let future = draft.fresh("future");
    let submit = json!({"op": "submit", "coro": draft.coroutine(place, 2), "to": future});
    let text = match at % 8 {
        0 => vec![json!({"op": "sleep", "delay": draft.span()})],
        1 => vec![json!({"op": "cpu", "seconds": 0.1})],
        2 => vec![json!({"op": "print", "text": "from a thread"})],
        3 => vec![json!({"op": "raise", "error": draft.error()})],
        4 => {
            let callback = draft.callback(place, false);
            vec![json!({"op": "call_soon_threadsafe", "callback": callback})]
        }
        5 => vec![submit],
        6 => vec![submit, json!({"op": "result", "on": future, "timeout": draft.span()})],
        _ => vec![submit, json!({"op": "cancel", "on": future})],
    };
    let job = draft.define("jobs", "job", text);
    vec![json!({"op": "to_thread", "job": job})]
}

fn control(draft: &mut Draft, place: &mut Place, at: usize) -> Vec<Value> {
    let line = json!({"op": "print", "text": draft.fresh("p")});
    let sleep = json!({"op": "sleep", "delay": draft.delay()});
    vec![match at % 12 {
        0..7 => super::families::random(at % 12),
        7 => {
            let name = draft.fresh("n");
            let body = json!([{"op": "add", "name": name, "by": 1},
                {"op": "if", "name": name, "at_least": 2, "then": [{"op": "continue"}]}, line]);
            return vec![
                json!({"op": "assign", "name": name, "value": 0}),
                json!({"op": "repeat", "times": 3, "body": body}),
            ];
        }
        8 => json!({"op": "repeat", "times": 2, "body": [sleep, {"op": "break"}]}),
        9 => json!({"op": "all_tasks"}),
        10 if draft.chance(50) => json!({"op": "stop"}),
        10 => json!({"op": "time"}),
        _ => json!({"op": "call_soon_threadsafe", "callback": draft.callback(place, false)}),
    }]
}

/// What programs have of their own.
fn added(draft: &mut Draft, place: &mut Place, at: usize) -> Vec<Value> {
    let (name, token) = (draft.fresh("contextvar"), draft.fresh("token"));
    let coro = draft.coroutine(place, 2);
    let var = json!({"op": "context_var", "name": "v", "to": name});
    let set = json!({"op": "var_set", "on": name, "value": at, "to": token});
    let context = draft.fresh("context");
    let copy = json!({"op": "copy_context", "to": context});
    match at % 19 {
        13 => super::families::exits(draft, place),
        14 => {
            let manager = json!({"op": "manager", "coro": coro, "to": name});
            let body = json!([{"op": "raise", "error": draft.error()}]);
            vec![manager, json!({"op": "async_with", "on": name, "body": body})]
        }
        16 => {
            let enter = draft.coroutine(place, 2);
            let manager = json!({"op": "manager", "coro": coro, "enter": enter, "to": name});
            let body = json!([{"op": "sleep", "delay": draft.delay()}]);
            vec![manager, json!({"op": "async_with", "on": name, "body": body, "to": token})]
        }
        17 => super::families::plain_exits(draft, place),
        18 => {
            let (callback, enter) = (draft.callback(place, false), draft.callback(place, false));
            let manager = json!({"op": "plain_manager", "callback": callback, "enter": enter,
                "to": token});
            let kind = draft.pick(&["AsyncExitStack", "ExitStack"]);
            let other = draft.fresh("stack");
            let mut statements = vec![
                manager,
                json!({"op": "new", "type": kind, "to": name}),
                json!({"op": "enter_context", "on": name, "manager": token}),
                json!({"op": "push", "on": name, "callback": callback}),
                json!({"op": "callback", "on": name, "callback": enter}),
                json!({"op": "pop_all", "on": name, "to": other}),
            ];
            let op = if kind == "ExitStack" { "close" } else { "aclose" };
            statements.push(json!({"op": op, "on": other}));
            statements
        }
        15 => {
            let callback = draft.callback(place, false);
            let mut statements = vec![json!({"op": "new", "type": "AsyncExitStack", "to": name})];
            for op in ["push", "callback"] {
                statements.push(json!({"op": op, "on": name, "callback": callback}));
            }
            for op in ["push_async_exit", "push_async_callback"] {
                statements.push(json!({"op": op, "on": name, "coro": coro}));
            }
            statements.push(json!({"op": "pop_all", "on": name, "to": token}));
            statements.push(json!({"op": "aclose", "on": token}));
            statements
        }
        9 => {
            let what = json!({"op": "call", "coro": coro});
            let create = json!({"op": "create_task", "what": what, "context": context,
                "eager": draft.chance(30), "to": token});
            // The same context twice, and at times while something runs in it.
            let callback = draft.callback(place, false);
            let mut again = create.clone();
            again["to"] = json!(name);
            vec![
                copy,
                create,
                again,
                json!({"op": "context_run", "on": context, "callback": callback}),
                json!({"op": "await", "on": token}),
            ]
        }
        10 => {
            let group = draft.fresh("group");
            let what = json!({"op": "call", "coro": coro});
            let create =
                json!({"op": "create_task", "on": group, "what": what, "context": context});
            vec![copy, json!({"op": "task_group", "to": group, "body": [create.clone(), create]})]
        }
        11 => {
            let read = json!({"op": "var_get", "on": name, "default": 0});
            let callback = draft.define("callbacks", "b", vec![read, set]);
            let op = ["call_soon", "call_soon_threadsafe", "call_later", "call_at"][at / 13 % 4];
            let mut call = json!({"op": op, "callback": callback, "context": context});
            match op {
                "call_later" => call["delay"] = draft.delay(),
                "call_at" => call["when"] = json!(0.1),
                _ => {}
            }
            let done = json!({"op": "add_done_callback", "on": token, "callback": callback,
                "context": context});
            let future = json!({"op": "future", "to": token});
            vec![
                var,
                copy,
                call.clone(),
                future,
                done,
                call,
                json!({"op": "set_result", "on": token, "value": 1}),
                json!({"op": "sleep", "delay": draft.delay()}),
                json!({"op": "create_task", "what": {"op": "sleep", "delay": 0}, "context": context,
                    "to": token}),
                json!({"op": "add_done_callback", "on": token, "callback": callback,
                    "context": context}),
            ]
        }
        12 => {
            let callback = draft.callback(place, false);
            vec![
                json!({"op": "set_exception_handler", "callback": callback}),
                json!({"op": "get_exception_handler"}),
                json!({"op": "set_exception_handler"}),
                json!({"op": "get_exception_handler"}),
            ]
        }
        8 => {
            let asked = draft.pick(&["__cause__", "__context__", "__suppress_context__"]);
            let raise = json!({"op": "raise", "error": draft.error(), "from": draft.error()});
            let again = json!({"op": "raise", "on": name, "from": draft.error()});
            let shown = vec![json!({"op": asked, "on": name}), again];
            vec![json!({"op": "try", "body": [raise],
                "except": [{"type": "BaseException", "body": shown, "to": name}]})]
        }
        0 => vec![var, set, json!({"op": "var_reset", "on": name, "token": token})],
        1 => {
            let callback = draft.callback(place, false);
            let copy = json!({"op": "copy_context", "to": token});
            vec![var, copy, json!({"op": "context_run", "on": token, "callback": callback})]
        }
        2 => {
            let callback = draft.callback(place, false);
            vec![
                json!({"op": "set_exception_handler", "callback": callback}),
                json!({"op": "call_exception_handler", "text": "told", "error": draft.error()}),
            ]
        }
        3 => vec![
            json!({"op": "awaitable", "coro": coro, "to": name}),
            json!({"op": "await", "on": name}),
        ],
        4 => vec![
            json!({"op": "iterator", "coro": coro, "to": name}),
            json!({"op": "anext", "on": name}),
            json!({"op": "async_for", "on": name, "body": [{"op": "break"}]}),
        ],
        5 | 6 => {
            let kind = if at % 19 == 5 { "Timeout" } else { "TaskGroup" };
            let enter = json!({"op": "async_with", "on": name, "body": []});
            vec![json!({"op": "new", "type": kind, "to": name}), enter.clone(), enter]
        }
        _ => vec![var, json!({"op": "var_get", "on": name}), set],
    }
}

fn scheduled(draft: &mut Draft, place: &mut Place, at: usize) -> Vec<Value> {
    let callback = draft.callback(place, false);
    let (handle, future) = (draft.fresh("handle"), draft.fresh("f"));
    let delay = draft.span();
    let call = json!({"op": "call_later", "delay": delay, "callback": callback, "to": handle});
    let create = json!({"op": "future", "to": future});
    let on = |op: &str| json!({"op": op, "on": future, "callback": callback});
    match at % 5 {
        0 => vec![
            call,
            json!({"op": "sleep", "delay": draft.delay()}),
            json!({"op": "cancel", "on": handle}),
        ],
        1 => vec![call, json!({"op": "when", "on": handle})],
        2 => vec![create, on("add_done_callback"), json!({"op": "cancel", "on": future})],
        3 => vec![create, on("add_done_callback"), on("remove_done_callback")],
        _ => vec![
            create,
            on("add_done_callback"),
            json!({"op": "set_exception", "on": future, "error": draft.error()}),
        ],
    }
}
