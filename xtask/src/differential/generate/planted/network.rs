//! Operations that wait for the network.

use serde_json::{Value, json};

use super::leaves::Leaf;
use crate::differential::generate::draft::Draft;

/// Enough to fill what the other side reads at once before it stops (64 kB), what it leaves unread
/// (64 kB) and the buffer here (64 kB).
const MUCH: (u32, usize) = (200, 1024);

/// Seconds one way; the program's network gets it.
pub fn latency(draft: &mut Draft) -> f64 {
    let known = draft.program.get("network").and_then(|network| network["latency"].as_f64());
    known.unwrap_or_else(|| {
        let latency = draft.pick(&[0.05, 0.05, 0.1]);
        draft.part("network").insert("latency".to_owned(), json!(latency));
        latency
    })
}

/// A port that nobody else uses.
pub fn port(draft: &mut Draft) -> u16 {
    let name = draft.fresh("");
    9000 + name.parse::<u16>().expect("fresh names end in a number")
}

/// Starts a server with this handler; its name and port.
pub fn server(draft: &mut Draft, handler: &str, limit: Option<u32>) -> (Value, String, u16) {
    let (name, port) = (draft.fresh("own_server"), port(draft));
    let mut start = json!({"op": "start_server", "port": port, "handler": handler, "to": name});
    if let Some(limit) = limit {
        start["limit"] = json!(limit);
    }
    (start, name, port)
}

/// The operation on a stream or server.
pub fn leaf(draft: &mut Draft, op: &str, kind: &str) -> Leaf {
    let latency = latency(draft);
    // The handler holds its end until it is told to do something.
    let told = draft.fresh("told");
    draft.objects.push(json!({"to": told, "type": "Event"}));
    let tell = json!({"op": "set", "on": told});
    let peer = draft.fresh("peer");
    let mut handler = vec![
        json!({"op": "assign", "name": peer, "value": {"var": "peer"}}),
        json!({"op": "wait", "on": told, "quiet": true}),
    ];
    handler.push(match op {
        "drain" | "wait_closed" => json!({"op": "read", "on": peer, "quiet": true}),
        _ => json!({"op": "write", "on": peer, "data": "abc;\n"}),
    });
    let handler = draft.define("coroutines", "h", handler);
    let (start, server, port) = server(draft, &handler, Some(8));

    let stream = draft.fresh("own_stream");
    let connect = json!({"op": "open_connection", "port": port, "to": stream});
    let (times, bytes) = MUCH;
    let much = json!({"op": "repeat", "times": times, "body":
        [{"op": "write", "on": stream, "data": "x".repeat(bytes), "quiet": true}]});
    let close = json!({"op": "close", "on": stream});
    let on_stream = Leaf { lag: latency, ..Leaf::new(json!({"op": op, "on": stream}), 0.0) };
    let leaf = match (op, kind) {
        ("open_connection", _) => Leaf::new(connect, 2.0 * latency),
        ("start_server", _) => Leaf::new(start.clone(), 0.0),
        ("serve_forever", _) | ("wait_closed", "Server") => {
            Leaf::new(json!({"op": op, "on": server}), 0.0)
                .until([json!({"op": "close", "on": server})])
        }
        ("wait_closed", _) if draft.chance(50) => on_stream.before([connect, close]),
        ("wait_closed", _) => on_stream.before([connect, much, close]).until([tell]),
        ("drain", _) => on_stream.before([connect, much]).until([tell]),
        _ => {
            let op = match op {
                "readexactly" => json!({"op": op, "on": stream, "n": 4}),
                "readuntil" => json!({"op": op, "on": stream, "separator": ";"}),
                "read" => json!({"op": op, "on": stream, "n": 3}),
                _ => json!({"op": op, "on": stream}),
            };
            Leaf { op, ..on_stream }.before([connect]).until([tell])
        }
    };
    let setup = if op == "start_server" { Vec::new() } else { vec![start] };
    Leaf { setup, ..leaf }
}
