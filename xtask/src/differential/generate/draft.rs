//! A program in the making.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::families::{self, Family};
use super::place::Place;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A task that may be awaited.
    Task,
    /// A task that may be asked, cancelled and waited for, but not awaited, because it may await who
    /// would await it: in a ring of tasks a cancellation goes round until CPython's stack is full.
    Peer,
    Future,
    /// A coroutine, a shielded or a gathered future that was kept.
    Coroutine,
    Handle,
    Timeout,
    Group,
    Generator,
    Stream,
    Server,
    Number,
    Lock,
    Semaphore,
    BoundedSemaphore,
    Condition,
    Event,
    Barrier,
    Queue,
    LifoQueue,
    PriorityQueue,
    ThreadPool,
    ProcessPool,
    ContextVar,
    Token,
    Context,
    Awaitable,
    Iterator,
}

impl Kind {
    pub const LOCKS: [Self; 4] =
        [Self::Lock, Self::Semaphore, Self::BoundedSemaphore, Self::Condition];
    pub const QUEUES: [Self; 3] = [Self::Queue, Self::LifoQueue, Self::PriorityQueue];

    /// How names of the kind begin.
    pub fn stem(self) -> String {
        match self {
            Self::Task | Self::Peer => "t".to_owned(),
            Self::Future => "f".to_owned(),
            Self::Number => "n".to_owned(),
            other => format!("{other:?}").to_lowercase(),
        }
    }
}

/// A name and what it stands for.
pub type Name = (Kind, String);

/// A program in the making: what was written so far, and what may be used.
pub struct Draft {
    pub rng: Rng,
    /// The program's fields.
    pub program: Map<String, Value>,
    pub objects: Vec<Value>,
    /// Names that are there before any coroutine but main does its first step.
    pub globals: Vec<Name>,
    /// Coroutines, callbacks and generators whose text is complete, to be used again: only these, so
    /// that none calls itself.
    pub complete: BTreeMap<&'static str, Vec<String>>,
    /// The program runs in debug mode, which tells what takes long.
    pub debug: bool,
    /// How many statements may still be written; a few more come about.
    pub budget: i32,
    /// The families to draw from, with their weights.
    families: Vec<(u32, &'static Family)>,
    used: BTreeMap<String, u32>,
}

impl Draft {
    pub fn new(rng: Rng, budget: i32, families: Vec<(u32, &'static Family)>) -> Self {
        Self {
            rng,
            program: Map::new(),
            objects: Vec::new(),
            globals: Vec::new(),
            complete: BTreeMap::new(),
            debug: false,
            budget,
            families,
            used: BTreeMap::new(),
        }
    }

    /// A name that was not there before.
    pub fn fresh(&mut self, stem: &str) -> String {
        let count = self.used.entry(stem.to_owned()).or_default();
        *count += 1;
        format!("{stem}{count}")
    }

    /// A name for a new value; now and then one of this text that has a value, which is dropped.
    pub fn name_for(&mut self, place: &mut Place, kind: Kind) -> String {
        if self.chance(8) {
            let own = place.locals.iter().find(|(its, name)| *its == kind && place.owns(name));
            if let Some((_, name)) = own {
                return name.clone();
            }
        }
        let name = self.fresh(&kind.stem());
        place.locals.push((kind, name.clone()));
        name
    }

    /// A name of this kind that is there, if there is one.
    pub fn known(&mut self, place: &Place, kind: Kind) -> Option<String> {
        let of_kind = |names: &[Name]| {
            names.iter().filter(|(its, _)| *its == kind).map(|(_, name)| name.clone()).collect()
        };
        let (here, there): (Vec<_>, Vec<_>) = (of_kind(&place.locals), of_kind(&self.globals));
        let all = [here.clone(), here, there].concat();
        self.rng.choice(all)
    }

    /// A task that is there, whether it may be awaited or not.
    pub fn task(&mut self, place: &Place) -> Option<String> {
        let kind = self.pick(&[Kind::Task, Kind::Task, Kind::Peer]);
        self.known(place, kind).or_else(|| self.known(place, Kind::Peer))
    }

    /// An object of this kind, from those that are there all the time.
    pub fn object(&mut self, place: &Place, kind: Kind) -> String {
        if !self.chance(20)
            && let Some(known) = self.known(place, kind)
        {
            return known;
        }
        let name = self.fresh(&kind.stem());
        let new = self.new_object(kind, &name);
        self.objects.push(new);
        self.globals.push((kind, name.clone()));
        name
    }

    /// The fields of a `new` for this kind.
    pub fn new_object(&mut self, kind: Kind, name: &str) -> Value {
        let mut new = json!({"to": name, "type": format!("{kind:?}")});
        match kind {
            Kind::Semaphore | Kind::BoundedSemaphore => {
                new["value"] = self.pick(&[json!(0), json!(1), json!(1), json!(2)]);
            }
            Kind::Barrier => new["value"] = self.pick(&[json!(1), json!(2), json!(2), json!(3)]),
            Kind::Queue | Kind::LifoQueue | Kind::PriorityQueue if !self.chance(30) => {
                new["value"] = self.pick(&[json!(1), json!(1), json!(2)]);
            }
            Kind::ThreadPool | Kind::ProcessPool => {
                new["value"] = self.pick(&[json!(1), json!(1), json!(2)]);
            }
            Kind::Condition if self.chance(25) => {
                let lock = self.object(&Place::default(), Kind::Lock);
                new["lock"] = json!(lock);
            }
            _ => {}
        }
        new
    }

    /// A place for what belongs to the program as a whole: `coroutines`, `callbacks` …
    pub fn part(&mut self, part: &str) -> &mut Map<String, Value> {
        let map = self.program.entry(part.to_owned()).or_insert_with(|| json!({}));
        map.as_object_mut().expect("parts are maps")
    }

    /// Adds a coroutine, callback, generator or job with this text; its name.
    pub fn define(&mut self, part: &'static str, stem: &str, text: Vec<Value>) -> String {
        let name = self.fresh(stem);
        self.part(part).insert(name.clone(), Value::Array(text));
        name
    }

    /// As `define`, and it may be used again elsewhere.
    pub fn define_for_all(&mut self, part: &'static str, stem: &str, text: Vec<Value>) -> String {
        let name = self.define(part, stem, text);
        self.complete.entry(part).or_default().push(name.clone());
        name
    }

    /// One that is complete.
    pub fn again(&mut self, part: &str) -> Option<String> {
        let names = self.complete.get(part)?;
        self.rng.choice(names).cloned()
    }

    /// A family by weight.
    pub fn family(&mut self) -> &'static Family {
        let sum: u32 = self.families.iter().map(|(weight, _)| weight).sum();
        let mut at = self.rng.u32(..sum);
        for (weight, family) in &self.families {
            match at.checked_sub(*weight) {
                Some(rest) => at = rest,
                None => return family,
            }
        }
        &families::BASICS
    }
}
