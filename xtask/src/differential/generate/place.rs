//! Where a statement is to stand, and what it may do there.

use serde_json::{Value, json};

use super::draft::{Draft, Kind, Name};

/// Where a statement is to stand.
#[derive(Clone, Default)]
pub struct Place {
    /// It may await: not in callbacks.
    pub awaits: bool,
    /// It may `yield`.
    pub generator: bool,
    /// It may `break` and `continue`.
    pub repeats: bool,
    /// It may raise again.
    pub handles: bool,
    /// How much is around it.
    pub depth: u32,
    /// How many in a hundred of the awaitables that may last for ever get a timeout.
    pub guard: u32,
    /// Names that are there.
    pub locals: Vec<Name>,
    /// How many of them are those of who calls.
    pub inherited: usize,
}

impl Place {
    /// The text of `main`.
    pub fn main() -> Self {
        Self { awaits: true, guard: 85, ..Self::default() }
    }

    /// The text of another coroutine.
    pub fn coroutine(depth: u32) -> Self {
        Self { awaits: true, guard: 15, depth, ..Self::default() }
    }

    /// The text of a callback.
    pub fn callback(depth: u32) -> Self {
        Self { depth, ..Self::default() }
    }

    /// The body of a compound statement here.
    pub fn inside(&self) -> Self {
        Self { depth: self.depth + 1, ..self.clone() }
    }

    /// A handler or a `finally` here.
    pub fn handler(&self, handles: bool) -> Self {
        Self { handles: self.handles || handles, guard: self.guard.max(80), ..self.inside() }
    }

    /// With one name more.
    pub fn with(mut self, kind: Kind, name: &str) -> Self {
        self.locals.push((kind, name.to_owned()));
        self
    }

    /// Whether this text gave the name.
    pub fn owns(&self, name: &str) -> bool {
        name != "done"
            && self.locals.iter().skip(self.inherited).any(|(_, known)| known == name)
            && !self.locals.iter().take(self.inherited).any(|(_, known)| known == name)
    }
}

impl Draft {
    /// Up to so many statements; at least one.
    pub fn block(&mut self, place: &mut Place, most: usize) -> Vec<Value> {
        let many = self.rng.usize(1..=most.max(1));
        let mut block = Vec::new();
        while block.len() < many {
            block.extend(self.statement(place));
            if self.budget <= 0 {
                break;
            }
        }
        block
    }

    /// A body of up to so many statements within a compound one, with names of its own.
    pub fn body(&mut self, place: Place, most: usize) -> Vec<Value> {
        let mut place = place;
        self.block(&mut place, most)
    }

    /// A statement of some family, or a few that belong together.
    pub fn statement(&mut self, place: &mut Place) -> Vec<Value> {
        self.budget -= 1;
        for _ in 0..6 {
            let family = self.family();
            let awaits = place.awaits && self.chance(family.awaited);
            let found = match awaits {
                true => (family.awaitable)(self, place).map(|what| self.awaited(place, what)),
                false => Some((family.statement)(self, place)),
            };
            if let Some(found) = found.filter(|found| !found.is_empty()) {
                return found;
            }
        }
        match place.awaits {
            true => vec![json!({"op": "sleep", "delay": self.delay()})],
            false => vec![json!({"op": "print", "text": self.fresh("p")})],
        }
    }

    /// An awaitable: the name of a task, future or coroutine, or an operation.
    pub fn awaitable(&mut self, place: &mut Place) -> Value {
        self.budget -= 1;
        if self.budget > 0 && place.depth < 5 {
            let mut inner = place.inside();
            for _ in 0..4 {
                if let Some(found) = (self.family().awaitable)(self, &mut inner) {
                    return found;
                }
            }
        }
        json!({"op": "sleep", "delay": self.delay()})
    }

    /// A few of them.
    pub fn awaitables(&mut self, place: &mut Place, most: usize) -> Vec<Value> {
        let many = self.rng.usize(1..=most);
        (0..many).map(|_| self.awaitable(place)).collect()
    }

    /// A statement that awaits it, perhaps with a timeout and with what deals with its end.
    pub fn awaited(&mut self, place: &mut Place, what: Value) -> Vec<Value> {
        let endless = what["op"] != "sleep";
        let guarded = endless && self.chance(place.guard);
        let mut statement = match what {
            Value::String(name) => json!({"op": "await", "on": name}),
            other => other,
        };
        if guarded {
            statement = self.guarded(statement);
        }
        let calm = if guarded { 70 } else { 12 };
        if self.chance(calm) {
            let kind = self.pick(&["TimeoutError", "TimeoutError", "Exception", "BaseException"]);
            statement = json!({"op": "try", "body": [statement],
                "except": [{"type": kind, "body": []}]});
        }
        vec![statement]
    }

    /// The awaiting statement with a timeout around it.
    pub fn guarded(&mut self, statement: Value) -> Value {
        let limit = self.delay();
        if self.chance(50) {
            return json!({"op": "timeout", "delay": limit, "body": [statement]});
        }
        let what = match statement["op"] == "await" {
            true => statement["on"].clone(),
            false => statement,
        };
        json!({"op": "wait_for", "what": what, "timeout": limit})
    }

    /// A coroutine to call: a new one or, at times, one that is there.
    pub fn coroutine(&mut self, place: &Place, most: usize) -> String {
        let again = if self.budget <= 0 { 70 } else { 20 };
        if self.chance(again)
            && let Some(name) = self.again("coroutines")
        {
            return name;
        }
        let mut inner = Place::coroutine(place.depth + 1);
        // The groups and timeouts of who calls are there while it runs, most often.
        let shared = |(kind, _): &&Name| matches!(kind, Kind::Group | Kind::Timeout | Kind::Future);
        inner.locals.extend(place.locals.iter().filter(shared).cloned());
        inner.inherited = inner.locals.len();
        let mut text = self.block(&mut inner, most);
        if self.chance(25) {
            text.push(json!({"op": "return", "value": self.value()}));
        }
        self.define_for_all("coroutines", "c", text)
    }

    /// A call of a coroutine.
    pub fn call(&mut self, place: &Place, most: usize) -> Value {
        json!({"op": "call", "coro": self.coroutine(place, most)})
    }

    /// A callback, which finds a task or future under the name `done` if it is one of that.
    pub fn callback(&mut self, place: &Place, of_done: bool) -> String {
        if self.chance(20)
            && let Some(name) = self.again("callbacks")
        {
            return name;
        }
        let mut inner = Place::callback(place.depth + 1);
        if of_done {
            inner = inner.with(Kind::Peer, "done");
        }
        let text = self.block(&mut inner, 2);
        self.define_for_all("callbacks", "b", text)
    }
}
