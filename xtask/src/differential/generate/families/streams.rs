//! A server and its clients, with tiny limits.

use serde_json::{Value, json};

use crate::differential::generate::draft::{Draft, Kind};
use crate::differential::generate::place::Place;

/// The port of the server that everyone knows.
const PORT: u16 = 8000;

/// A server, and a client or two.
pub fn setup(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let mut statements = start(draft, place, PORT);
    let call = client(draft, place);
    for _ in 0..draft.rng.u32(..=2) {
        let name = draft.fresh("t");
        statements.push(json!({"op": "create_task", "what": call, "to": name}));
        draft.globals.push((Kind::Task, name));
    }
    statements
}

fn start(draft: &mut Draft, place: &Place, port: u16) -> Vec<Value> {
    let handler = handler(draft, place);
    let mut start = json!({"op": "start_server", "port": port, "handler": handler});
    if draft.chance(75) {
        start["limit"] = draft.pick(&[json!(1), json!(2), json!(4), json!(16)]);
    }
    let name = draft.fresh("server");
    start["to"] = json!(name);
    draft.globals.push((Kind::Server, name));
    vec![start]
}

/// What the server does with a connection.
fn handler(draft: &mut Draft, place: &Place) -> String {
    let mut inner = Place::coroutine(place.depth + 1).with(Kind::Stream, "peer");
    let mut text = Vec::new();
    // Others connect and take the name.
    if draft.chance(50) {
        let name = draft.fresh("stream");
        text.push(json!({"op": "assign", "name": name, "value": {"var": "peer"}}));
        inner.locals = vec![(Kind::Stream, name)];
    }
    let on = inner.locals[0].1.clone();
    text.extend(talk(draft, &on));
    text.extend(draft.block(&mut inner, 3));
    if draft.chance(60) {
        text.extend(part(draft, &on));
    }
    draft.define("coroutines", "h", text)
}

pub fn awaitable(draft: &mut Draft, place: &mut Place) -> Option<Value> {
    if let Some(on) = draft.known(place, Kind::Stream) {
        return Some(receive(draft, &on));
    }
    let server = draft.known(place, Kind::Server)?;
    match draft.rng.u32(..6) {
        0 => Some(json!({"op": "serve_forever", "on": server})),
        1 => Some(json!({"op": "wait_closed", "on": server})),
        2 => Some(client(draft, place)),
        _ => None,
    }
}

pub fn statement(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let server = draft.known(place, Kind::Server);
    if let Some(on) = draft.known(place, Kind::Stream)
        && draft.chance(70)
    {
        return match draft.rng.u32(..12) {
            0..8 => talk(draft, &on),
            8..10 if place.awaits => part(draft, &on),
            _ => vec![json!({"op": draft.pick(&["is_closing", "at_eof"]), "on": on})],
        };
    }
    let Some(server) = server else {
        return if place.awaits && place.depth == 0 {
            start(draft, place, PORT)
        } else {
            Vec::new()
        };
    };
    match draft.rng.u32(..16) {
        0..9 if place.awaits => connect(draft, place),
        9 if place.awaits && place.depth < 5 => {
            let body = draft.body(place.inside(), 2);
            vec![json!({"op": "async_with", "on": server, "body": body})]
        }
        10 if place.awaits && place.depth < 3 => {
            let port = draft.pick(&[PORT, 8001, 8002]);
            start(draft, place, port)
        }
        11 => vec![json!({"op": "close", "on": server})],
        12 => vec![json!({"op": "is_serving", "on": server})],
        13 => {
            let op = draft.pick(&["close_clients", "abort_clients"]);
            vec![json!({"op": op, "on": server})]
        }
        14 => vec![json!({"op": "create_task", "what": client(draft, place),
            "to": draft.name_for(place, Kind::Task)})],
        _ => Vec::new(),
    }
}

/// A coroutine that connects.
fn client(draft: &mut Draft, place: &Place) -> Value {
    let mut inner = Place::coroutine(place.depth + 1);
    let mut text = connect(draft, &mut inner);
    text.extend(draft.block(&mut inner, 2));
    json!({"op": "call", "coro": draft.define_for_all("coroutines", "c", text)})
}

/// A connection, and the first words.
fn connect(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let port = if draft.chance(94) { PORT } else { 8001 };
    let mut open = json!({"op": "open_connection", "port": port});
    if draft.chance(75) {
        open["limit"] = draft.pick(&[json!(1), json!(2), json!(4), json!(16)]);
    }
    let name = draft.name_for(place, Kind::Stream);
    open["to"] = json!(name);
    let mut statements = vec![open];
    for _ in 0..draft.rng.u32(..=2) {
        statements.extend(talk(draft, &name));
    }
    if draft.chance(60) {
        let what = receive(draft, &name);
        statements.extend(draft.awaited(place, what));
    }
    if draft.chance(50) {
        statements.extend(part(draft, &name));
    }
    statements
}

fn receive(draft: &mut Draft, on: &str) -> Value {
    match draft.rng.u32(..14) {
        0..2 => json!({"op": "read", "on": on, "n": draft.pick(&[1, 4, 100, 0])}),
        2 => json!({"op": "read", "on": on}),
        3..6 => json!({"op": "readline", "on": on}),
        6..8 => json!({"op": "readexactly", "on": on, "n": draft.pick(&[1, 3, 8])}),
        8..10 => {
            let separator = draft.pick(&[
                json!(";"),
                json!("\n"),
                json!("ab"),
                json!([";", "\n"]),
                json!(["b;", "ab", "c"]),
            ]);
            json!({"op": "readuntil", "on": on, "separator": separator})
        }
        10..13 => json!({"op": "drain", "on": on}),
        _ => json!({"op": "wait_closed", "on": on}),
    }
}

/// Something is sent.
fn talk(draft: &mut Draft, on: &str) -> Vec<Value> {
    let text = |draft: &mut Draft| {
        draft.pick(&["a", "ab\n", "\n", "ab;cd\n", "abcdefgh", "a;", "0123456789abcdef\n", "é\n"])
    };
    vec![match draft.rng.u32(..12) {
        0..8 => json!({"op": "write", "on": on, "data": text(draft)}),
        8 | 9 => json!({"op": "writelines", "on": on, "data": [text(draft), text(draft)]}),
        10 => json!({"op": "write", "on": on, "data": "x".repeat(draft.pick(&[40, 200]))}),
        _ => json!({"op": "write_eof", "on": on}),
    }]
}

/// The end of a connection.
fn part(draft: &mut Draft, on: &str) -> Vec<Value> {
    let end = match draft.chance(80) {
        true => json!({"op": "close", "on": on}),
        false => json!({"op": "transport_abort", "on": on}),
    };
    let mut statements = vec![end];
    if draft.chance(60) {
        statements.push(json!({"op": "wait_closed", "on": on}));
    }
    statements
}
