//! Statements of one family each, as they stand in programs: often a few that belong together.

mod basics;
mod callbacks;
mod completed;
mod conditions;
mod contexts;
mod errors;
mod exits;
mod futures;
mod generators;
mod groups;
mod locks;
mod pools;
mod queues;
mod storms;
mod streams;
mod tasks;
mod timeouts;
mod variables;
mod waiting;

pub use self::basics::random;
pub use self::exits::{plain as plain_exits, statement as exits};

use serde_json::Value;

use super::draft::Draft;
use super::place::Place;

/// Statements that have to do with the same things.
pub struct Family {
    /// How many in a hundred of its statements are its awaitables, where one can await.
    pub awaited: u32,
    /// An awaitable, if there is one for this place.
    pub awaitable: fn(&mut Draft, &mut Place) -> Option<Value>,
    /// Some statements; none if there are none for this place. They await only where one can.
    pub statement: fn(&mut Draft, &mut Place) -> Vec<Value>,
    /// What main does at first if the program is about this family.
    pub setup: fn(&mut Draft, &mut Place) -> Vec<Value>,
}

/// Sleeps, lines, variables, branches.
pub const BASICS: Family = Family {
    awaited: 60,
    awaitable: basics::awaitable,
    statement: basics::statement,
    setup: nothing,
};

const TASKS: Family = Family {
    awaited: 30,
    awaitable: tasks::awaitable,
    statement: tasks::statement,
    setup: nothing,
};

const ERRORS: Family =
    Family { awaited: 0, awaitable: none, statement: errors::statement, setup: nothing };

const FUTURES: Family = Family {
    awaited: 35,
    awaitable: futures::awaitable,
    statement: futures::statement,
    setup: futures::setup,
};

const CALLBACKS: Family =
    Family { awaited: 0, awaitable: none, statement: callbacks::statement, setup: nothing };

const WAITING: Family = Family {
    awaited: 90,
    awaitable: waiting::awaitable,
    statement: waiting::statement,
    setup: nothing,
};

const TIMEOUTS: Family =
    Family { awaited: 0, awaitable: none, statement: timeouts::statement, setup: nothing };

const GROUPS: Family =
    Family { awaited: 0, awaitable: none, statement: groups::statement, setup: nothing };

const COMPLETED: Family =
    Family { awaited: 0, awaitable: none, statement: completed::statement, setup: nothing };

const LOCKS: Family = Family {
    awaited: 25,
    awaitable: locks::awaitable,
    statement: locks::statement,
    setup: storms::locks,
};

const CONDITIONS: Family = Family {
    awaited: 35,
    awaitable: conditions::awaitable,
    statement: conditions::statement,
    setup: storms::conditions,
};

const QUEUES: Family = Family {
    awaited: 40,
    awaitable: queues::awaitable,
    statement: queues::statement,
    setup: storms::queues,
};

const GENERATORS: Family = Family {
    awaited: 45,
    awaitable: generators::awaitable,
    statement: generators::statement,
    setup: generators::setup,
};

const CONTEXTS: Family =
    Family { awaited: 0, awaitable: none, statement: contexts::statement, setup: nothing };

const EXITS: Family =
    Family { awaited: 0, awaitable: none, statement: exits::statement, setup: nothing };

const STREAMS: Family = Family {
    awaited: 55,
    awaitable: streams::awaitable,
    statement: streams::statement,
    setup: streams::setup,
};

const POOLS: Family = Family {
    awaited: 60,
    awaitable: pools::awaitable,
    statement: pools::statement,
    setup: storms::pools,
};

const VARIABLES: Family = Family {
    awaited: 20,
    awaitable: variables::awaitable,
    statement: variables::statement,
    setup: variables::setup,
};

/// Those that every program draws from, with their weights.
pub const ALWAYS: [(u32, &Family); 3] = [(30, &BASICS), (40, &TASKS), (20, &ERRORS)];

/// Those that programs are about.
pub const SUBJECTS: [&Family; 17] = [
    &EXITS,
    &VARIABLES,
    &TASKS,
    &ERRORS,
    &FUTURES,
    &CALLBACKS,
    &WAITING,
    &TIMEOUTS,
    &GROUPS,
    &COMPLETED,
    &LOCKS,
    &CONDITIONS,
    &QUEUES,
    &GENERATORS,
    &CONTEXTS,
    &STREAMS,
    &POOLS,
];

fn nothing(_: &mut Draft, _: &mut Place) -> Vec<Value> {
    Vec::new()
}

fn none(_: &mut Draft, _: &mut Place) -> Option<Value> {
    None
}
