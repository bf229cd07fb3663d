//! In every program one task is cancelled in a place that was chosen beforehand.

mod frames;
mod leaves;
mod network;
mod victim;

use serde_json::{Value, json};

use self::frames::{frame, is_task};
use self::leaves::leaf;
use self::victim::victim;
use super::draft::{Draft, Kind};
use crate::differential::coverage::pairs;

/// What main has to do.
#[derive(Default)]
pub struct Planted {
    /// At first.
    pub setup: Vec<Value>,
    /// To let it begin.
    pub start: Vec<Value>,
    /// At the end.
    pub end: Vec<Value>,
}

/// How the task is cancelled.
#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    /// By a callback, at a moment.
    Callback,
    /// By a timeout around the operation.
    Timeout,
    /// Because a sibling in its group fails.
    Group,
    /// At the end of the program.
    Shutdown,
}

/// How the task comes to its end.
pub struct Plan {
    by: By,
    /// Seconds from the operation to the cancellation.
    moment: f64,
    /// Seconds that operations last that last as long as one likes.
    lasts: f64,
    /// Nobody else knows of it, and nothing else happens meanwhile.
    alone: bool,
}

impl Plan {
    fn new(draft: &mut Draft, frame: &str, alone: bool) -> Self {
        let by = match draft.rng.u32(..6) {
            0..3 => By::Callback,
            3 => By::Timeout,
            _ if alone || frame == "main" => By::Callback,
            4 => By::Group,
            _ => By::Shutdown,
        };
        let moment = draft.pick(&[0.1, 0.1, 0.2, 0.3]);
        // Long enough for the end of the program, or just as long as it takes to be cancelled.
        let lasts = match by {
            By::Callback if !alone && draft.chance(40) => moment,
            By::Callback => draft.pick(&[0.5, 1.0]),
            _ => 9.0,
        };
        Self { by, moment, lasts, alone }
    }
}

/// A task that is suspended in the leaf, within the frame and others, and is cancelled there.
///
/// If it is `alone` that is certain. Otherwise others may interfere.
pub fn plant(draft: &mut Draft, (name, leaf_name): (&'static str, &str), alone: bool) -> Planted {
    if alone && draft.program.contains_key("network") {
        draft.program.insert("network".to_owned(), json!({"latency": 0.05}));
    }
    let plan = Plan::new(draft, name, alone);
    let leaf = leaf(draft, leaf_name, plan.lasts);
    let mut setup = leaf.setup.clone();
    let root = draft.fresh("root");
    let mut statements = victim(draft, leaf, &plan, &root);

    let frames = frames_around(draft, name);
    // In these a `return` would be an error of syntax.
    if frames.iter().any(|frame| matches!(*frame, "context enter" | "context exit")) {
        statements = without_return(statements);
    }
    for each in frames {
        let framed = frame(draft, each, statements);
        setup.extend(framed.setup);
        statements = framed.statements;
    }
    let caught = |body: Vec<Value>| {
        let end = json!({"type": "BaseException", "body": []});
        json!({"op": "try", "body": body, "except": [end]})
    };
    if name == "main" {
        return match alone {
            true => Planted { setup, start: vec![caught(statements)], end: Vec::new() },
            false => Planted { setup, start: Vec::new(), end: statements },
        };
    }
    let coro = draft.define("coroutines", "planted", statements);
    let mut start = start(draft, &plan, &coro, &root);
    if alone {
        start.push(draft.pick(&[
            json!({"op": "wait", "of": [root], "timeout": 2}),
            json!({"op": "sleep", "delay": 2}),
            caught(vec![json!({"op": "await", "on": root})]),
        ]));
        return Planted { setup, start, end: Vec::new() };
    }
    draft.globals.push((Kind::Task, root.clone()));
    let end = match plan.by {
        By::Shutdown => Vec::new(),
        _ => end(draft, &root),
    };
    Planted { setup, start, end }
}

/// The frame, and up to two others in or around it; the inner ones first.
fn frames_around(draft: &mut Draft, name: &'static str) -> Vec<&'static str> {
    let other = |draft: &mut Draft, percent, may_be_task| {
        let other = draft.pick(&pairs::FRAMES[1..]);
        (draft.chance(percent) && (may_be_task || !is_task(other))).then_some(other)
    };
    // A task in between would have the operation for itself; and main is around none.
    let (inner, outer) = (other(draft, 25, false), other(draft, 30, name != "main"));
    let chosen = Some(name).filter(|name| *name != "main");
    [inner, chosen, outer].into_iter().flatten().collect()
}

/// The statements with other ones for those that return.
fn without_return(statements: Vec<Value>) -> Vec<Value> {
    let text = Value::Array(statements).to_string();
    let text = text.replace(r#"{"op":"return"}"#, r#"{"op":"time"}"#);
    serde_json::from_str(&text).expect("it was JSON")
}

/// What main does to start the coroutine as a task.
fn start(draft: &mut Draft, plan: &Plan, coro: &str, root: &str) -> Vec<Value> {
    let call = json!({"op": "call", "coro": coro});
    let mut create = json!({"op": "create_task", "what": call, "to": root});
    if plan.by == By::Group {
        let text = vec![
            json!({"op": "sleep", "delay": plan.moment}),
            json!({"op": "raise", "error": {"type": "ValueError", "text": "sibling"}}),
        ];
        let failing = draft.define("coroutines", "failing", text);
        let failing = json!({"op": "call", "coro": failing});
        let group = draft.fresh("group");
        let child = json!({"op": "create_task", "on": group, "what": call});
        let sibling = json!({"op": "create_task", "on": group, "what": failing});
        let both = if draft.rng.bool() { [child, sibling] } else { [sibling, child] };
        let text = vec![json!({"op": "task_group", "to": group, "body": both})];
        let coro = draft.define("coroutines", "grouped", text);
        create["what"] = json!({"op": "call", "coro": coro});
    }
    if draft.chance(15) {
        create["eager"] = json!(true);
    }
    vec![create]
}

/// What main does with the task at last.
fn end(draft: &mut Draft, root: &str) -> Vec<Value> {
    match draft.rng.u32(..5) {
        0 => vec![json!({"op": "wait", "of": [root], "timeout": draft.span()})],
        1 => vec![json!({"op": "gather", "of": [root], "return_exceptions": true})],
        2 => vec![json!({"op": "try", "body": [{"op": "await", "on": root}],
            "except": [{"type": "BaseException", "body": []}]})],
        3 => vec![json!({"op": "del", "name": root})],
        _ => Vec::new(),
    }
}
