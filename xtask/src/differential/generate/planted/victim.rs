//! What the task does that is cancelled.

use serde_json::{Value, json};

use super::leaves::Leaf;
use super::{By, Plan};
use crate::differential::generate::draft::Draft;

/// What the task does: it comes to the operation, and is cancelled.
pub fn victim(draft: &mut Draft, leaf: Leaf, plan: &Plan, root: &str) -> Vec<Value> {
    let Plan { by, moment, alone, .. } = *plan;
    let mut text = leaf.before;
    let may_relent = by == By::Callback && !alone && !leaf.relent.is_empty();
    let relents = may_relent && draft.chance(60);
    if relents {
        let wait = (moment - leaf.lag).max(0.0);
        let relent = [vec![json!({"op": "sleep", "delay": wait})], leaf.relent].concat();
        let coro = draft.define("coroutines", "relent", relent);
        let keep = draft.fresh("relenting");
        let what = json!({"op": "call", "coro": coro});
        text.push(json!({"op": "create_task", "what": what, "to": keep, "quiet": true}));
    }
    let mut op = leaf.op;
    match by {
        By::Callback => text.extend(strike(draft, leaf.lasts, plan, root)),
        By::Timeout => {
            let limit = if leaf.lasts == 0.0 { 0.0 } else { moment.min(leaf.lasts) };
            op = json!({"op": "timeout", "delay": limit, "body": [op]});
        }
        By::Group | By::Shutdown => {}
    }
    text.push(react(draft, op));
    text.extend(leaf.after);
    text
}

/// Callbacks that will cancel the task that runs: once or twice, alone or with the outermost.
fn strike(draft: &mut Draft, lasts: f64, plan: &Plan, root: &str) -> Vec<Value> {
    let me = draft.fresh("struck");
    let mut cancel = json!({"op": "cancel", "on": me});
    if draft.chance(15) {
        cancel["msg"] = json!("struck");
    }
    let all = json!({"op": "try", "body": [{"op": "cancel", "on": root}],
        "except": [{"type": "NameError", "body": []}]});
    let text = match draft.rng.u32(..12) {
        0 => vec![cancel.clone(), cancel.clone()],
        1 => vec![cancel.clone(), all],
        2 => vec![all, cancel.clone()],
        // This may undo it.
        3 if !plan.alone => vec![cancel.clone(), json!({"op": "uncancel", "on": me})],
        _ => vec![cancel],
    };
    let callback = draft.define("callbacks", "strike", text);
    let soon = json!({"op": "call_soon", "callback": callback, "quiet": true});
    let mut statements = vec![json!({"op": "current_task", "to": me})];
    if lasts == 0.0 || draft.chance(20) {
        statements.push(soon);
    } else {
        let later = |delay| json!({"op": "call_later", "delay": delay, "callback": callback});
        let first = plan.moment.min(lasts);
        statements.push(later(first));
        // Once more, while it deals with the first, or when it is over.
        if draft.chance(25) {
            statements.push(later(first + draft.pick(&[0.0, 0.1, 0.2])));
        }
    }
    statements
}

/// The operation, and how the task takes it that it was cancelled there.
fn react(draft: &mut Draft, op: Value) -> Value {
    let sleep = json!({"op": "sleep", "delay": draft.delay()});
    let raise = json!({"op": "raise"});
    let kind = draft.pick(&["CancelledError", "BaseException", "TimeoutError"]);
    let body = match draft.rng.u32(..14) {
        0 => vec![],
        1 => vec![json!({"op": "uncancel", "on": "self"})],
        2 => vec![sleep, raise],
        3 => vec![sleep],
        4 => vec![json!({"op": "raise", "error": draft.error()})],
        5 => vec![json!({"op": "return"})],
        6 => return json!({"op": "try", "body": [op], "finally": [sleep]}),
        7 => {
            let after = json!({"op": "sleep", "delay": draft.delay()});
            let body = vec![sleep, after, raise];
            return json!({"op": "try", "body": [op], "except": [{"type": kind, "body": body}]});
        }
        _ => return op,
    };
    json!({"op": "try", "body": [op], "except": [{"type": kind, "body": body}]})
}
