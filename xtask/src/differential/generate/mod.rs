//! Random programs: small, and dense in things that happen at the same moment.
//!
//! Each is about one or two families of operations, with some of all others, and contains one task that
//! is cancelled in a place that its index determines: so many programs as there are pairs in
//! [`coverage::pairs`](super::coverage::pairs) contain all of them.

mod draft;
mod families;
mod place;
mod planted;
mod sprinkled;
#[cfg(test)]
mod tests;
mod values;

use fastrand::Rng;
use serde_json::{Value, json};

use self::draft::{Draft, Kind};
use self::families::{ALWAYS, Family, SUBJECTS};
use self::place::Place;
use super::coverage::pairs;

/// The program of this number among those of the seed.
pub fn program(seed: u64, index: u64) -> Value {
    // Two draws apart, so that neighbouring seeds and numbers have nothing in common.
    let mut rng = Rng::with_seed(Rng::with_seed(seed).u64(..) ^ index);
    let rng = Rng::with_seed(rng.u64(..));
    let subjects = subjects(index);
    let families = ALWAYS.iter().copied();
    let families = families.chain(SUBJECTS.iter().map(|&family| (4, family)));
    let families = families.chain(subjects.iter().map(|&family| (120, family))).collect();
    let mut draft = Draft::new(rng, 0, families);
    draft.budget = draft.pick(&[3, 5, 8, 11, 15, 19]);
    options(&mut draft);
    draft.debug = draft.program.contains_key("debug");
    let mains = mains(&mut draft);
    // By turns with others that interfere, and alone, when it is certain.
    let alone = index / pairs::COUNT as u64 % 2 == 1;
    let planted = planted::plant(&mut draft, pairs::pair(index), alone);

    let mut place = Place::main();
    let mut first = Vec::new();
    for family in &subjects {
        first.extend((family.setup)(&mut draft, &mut place));
    }
    if draft.chance(12) {
        let me = draft.fresh("main_task");
        draft.globals.push((Kind::Peer, me.clone()));
        first.push(json!({"op": "current_task", "to": me}));
    }
    let workers = workers(&mut draft, &mut place);
    let mut main = if alone {
        [planted.setup, planted.start, first, workers].concat()
    } else {
        let mut tasks = [workers, planted.start];
        draft.rng.shuffle(&mut tasks);
        [planted.setup, first, tasks.concat()].concat()
    };
    // What was started should begin before main can fail.
    if draft.chance(80) {
        let delay = if draft.chance(50) { draft.span() } else { draft.delay() };
        main.push(json!({"op": "sleep", "delay": delay}));
    }
    if draft.debug && draft.chance(60) {
        main.extend(slow(&mut draft));
    }
    main.extend(sprinkled::sprinkle(&mut draft, &mut place, index));
    while draft.budget > 0 {
        main.extend(part(&mut draft, &mut place));
    }
    main.extend(end(&mut draft, &place));
    main.extend(planted.end);
    if draft.chance(60) {
        main.push(json!({"op": "sleep", "delay": draft.span()}));
    }
    draft.part("coroutines").insert("main".to_owned(), Value::Array(main));
    for name in mains {
        draft.budget = 3;
        let text = draft.block(&mut Place { guard: 90, ..Place::main() }, 3);
        draft.part("coroutines").insert(name, Value::Array(text));
    }
    if !draft.objects.is_empty() {
        draft.program.insert("objects".to_owned(), Value::Array(draft.objects));
    }
    Value::Object(draft.program)
}

/// What the program is about.
fn subjects(index: u64) -> Vec<&'static Family> {
    let count = SUBJECTS.len() as u64;
    // Not in step with the pairs.
    let (first, second) = (index % count, index / count % (count + 1));
    let mut subjects = vec![SUBJECTS[first as usize]];
    subjects.extend(SUBJECTS.get(second as usize).filter(|_| second != first));
    subjects
}

/// How the program is run.
fn options(draft: &mut Draft) {
    let set = |draft: &mut Draft, percent, name: &str, values: &[Value]| {
        if draft.chance(percent) {
            let value = draft.pick(values);
            draft.program.insert(name.to_owned(), value);
        }
    };
    set(draft, 8, "debug", &[json!(true)]);
    set(draft, 10, "eager", &[json!(true)]);
    set(draft, 30, "workers", &[json!(1), json!(1), json!(2)]);
    set(draft, 10, "seed", &[json!(1), json!(42)]);
    let plain = json!({"latency": draft.pick(&[0.05, 0.05, 0.1, 0.3])});
    let slow = json!({"latency": 0.1, "bandwidth": draft.pick(&[10, 40, 100])});
    let lossy = json!({"latency": 0.05, "loss": 0.2, "seed": draft.rng.u32(..9)});
    set(draft, 60, "network", &[plain.clone(), plain, slow, lossy]);
}

/// Chooses the mode; the names of the further mains.
fn mains(draft: &mut Draft) -> Vec<String> {
    let mode = match draft.rng.u32(..10) {
        0..7 => return Vec::new(),
        7 => "runner",
        _ => "loop",
    };
    draft.program.insert("run".to_owned(), json!(mode));
    let more: Vec<String> = match draft.chance(60) {
        true => vec!["second".to_owned()],
        false => Vec::new(),
    };
    let all: Vec<String> = ["main".to_owned()].into_iter().chain(more.iter().cloned()).collect();
    draft.program.insert("mains".to_owned(), json!(all));
    more
}

/// Some statements of main, which often goes on if they fail.
fn part(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    if draft.chance(40) {
        return draft.statement(place);
    }
    let known = place.locals.len();
    let body = draft.block(place, 3);
    // What was named in there may not be there.
    if draft.chance(80) {
        place.locals.truncate(known);
    }
    let kind = draft.pick(&["Exception", "Exception", "BaseException"]);
    vec![json!({"op": "try", "body": body, "except": [{"type": kind, "body": []}]})]
}

/// Something that takes so long that debug mode tells of it, or a bit less.
fn slow(draft: &mut Draft) -> Vec<Value> {
    let sleep = json!({"op": "time_sleep", "seconds": draft.pick(&[0.05, 0.1, 0.15, 0.2])});
    if draft.chance(50) {
        return vec![sleep];
    }
    let callback = draft.define_for_all("callbacks", "b", vec![sleep]);
    vec![json!({"op": "call_later", "delay": draft.delay(), "callback": callback})]
}

/// The tasks that everyone knows, created one after another.
fn workers(draft: &mut Draft, place: &mut Place) -> Vec<Value> {
    let many = draft.rng.u32(..=4);
    let mut statements = Vec::new();
    // Their names are there before they do anything; each may await those before it.
    let names: Vec<String> = (0..many).map(|_| draft.fresh("t")).collect();
    draft.globals.extend(names.iter().map(|name| (Kind::Peer, name.clone())));
    let mut call = Value::Null;
    for name in names {
        let known = draft.globals.iter().position(|(_, known)| *known == name);
        let known = known.expect("it has just been added");
        if draft.budget <= 0 {
            draft.globals.remove(known);
            continue;
        }
        // Often the same for some: they meet wherever they go.
        if call.is_null() || !draft.chance(40) {
            call = draft.call(place, 4);
        }
        draft.globals[known].0 = Kind::Task;
        let mut create = json!({"op": "create_task", "what": call, "to": name});
        if draft.chance(15) {
            create["eager"] = json!(true);
        }
        statements.push(create);
        if draft.chance(10) {
            statements.push(json!({"op": "sleep", "delay": draft.delay()}));
        }
    }
    statements
}

/// What main does with all tasks at last.
fn end(draft: &mut Draft, place: &Place) -> Vec<Value> {
    let all = place.locals.iter().chain(&draft.globals);
    let tasks: Vec<String> =
        all.filter(|(kind, _)| *kind == Kind::Task).map(|(_, name)| name.clone()).collect();
    if tasks.is_empty() {
        return Vec::new();
    }
    match draft.rng.u32(..8) {
        0 | 1 => vec![json!({"op": "wait", "of": tasks, "timeout": draft.span()})],
        2 => {
            let all = json!({"op": "gather", "of": tasks, "return_exceptions": true});
            vec![json!({"op": "wait_for", "what": all, "timeout": draft.span()})]
        }
        3 => tasks.iter().map(|task| json!({"op": "cancel", "on": task})).collect(),
        // The planted one has an end of its own.
        4 => {
            let tasks = tasks.iter().filter(|task| !task.starts_with("root"));
            tasks.map(|task| json!({"op": "del", "name": task})).collect()
        }
        _ => Vec::new(),
    }
}
