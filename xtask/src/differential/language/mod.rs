//! The language of programs, as `xtask/differential/LANGUAGE.md` describes it: reading and checking.

mod check;
mod fields;
mod job;
mod new;
mod operations;
mod random;
mod sorts;
mod statement;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;
use std::rc::Rc;

use asyncio::NetworkConfig;
use serde_json::Value as Json;

pub use self::fields::Read;
use self::fields::{At, Fields, FromJson, word};
pub use self::job::{Job, JobStatement};
pub use self::new::New;
use self::operations::Part;
pub use self::operations::{Awaitable, Awaited, JobAction, Kind, Method, Operation};
pub use self::random::Random;
pub use self::statement::{Action, Body, Control, Except, Limit, Origin, Over, Statement};
pub use self::value::{Constant, ErrorSpec, Name};

/// A program that was read and checked.
#[derive(Clone, Debug)]
pub struct Program {
    pub coroutines: Named<Body>,
    pub callbacks: Named<Body>,
    pub generators: Named<Body>,
    pub jobs: Named<Job>,
    /// Made when the first of `mains` begins.
    pub objects: Body,
    pub run: Mode,
    pub mains: Vec<Name>,
    pub debug: bool,
    pub eager: bool,
    /// None as it is without anything said.
    pub network: Option<NetworkConfig>,
    /// Threads of the default pool.
    pub workers: usize,
    /// Of `random`.
    pub seed: u64,
}

/// What is called by a name.
pub type Named<T> = BTreeMap<Name, T>;

/// How the mains are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `asyncio.run`.
    Run,
    /// One `asyncio.Runner` for all.
    Runner,
    /// `loop.run_until_complete`, for all with the same loop.
    Loop,
}

impl Program {
    /// Whether statements stand in one another deeper than CPython takes them.
    pub fn is_too_deep(json: &Json) -> bool {
        Self::read(json).is_err_and(|refusal| refusal.why() == check::TOO_DEEP)
    }

    /// Reads and checks a program.
    pub fn read(json: &Json) -> Read<Self> {
        let fields = Fields::of(json, &At::Top)?;
        let none = || Named::new();
        let program = Self {
            coroutines: fields.need("coroutines")?,
            callbacks: fields.or("callbacks", none())?,
            generators: fields.or("generators", none())?,
            jobs: fields.or("jobs", Named::new())?,
            objects: fields.or("objects", Objects(Body::from([])))?.0,
            run: fields.or("run", Mode::Run)?,
            mains: fields.or("mains", vec!["main".into()])?,
            debug: fields.or("debug", false)?,
            eager: fields.or("eager", false)?,
            network: fields.maybe("network")?,
            workers: fields.or("workers", 4)?,
            seed: fields.or("seed", 0)?,
        };
        fields.end()?;
        check::check(&program)?;
        Ok(program)
    }
}

impl<T: FromJson> FromJson for Named<T> {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let map = json.as_object().ok_or_else(|| at.refuse("not an object"))?;
        let entry = |(name, json): (&String, &Json)| {
            Ok((Rc::from(name.as_str()), T::read(json, &At::Field(at, name))?))
        };
        map.iter().map(entry).collect()
    }
}

/// `new` statements without `op`.
struct Objects(Body);

impl FromJson for Objects {
    fn read(json: &Json, at: &At) -> Read<Self> {
        Ok(Self(Vec::<Object>::read(json, at)?.into_iter().map(|object| object.0).collect()))
    }
}

struct Object(Statement);

impl FromJson for Object {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let fields = Fields::of(json, at)?;
        let to: Name = fields.need("to")?;
        let action = Action::Do(Operation::New(New::of(&fields)?));
        let quiet = fields.or("quiet", false)?;
        fields.end()?;
        Ok(Self(Statement { label: "new".into(), to: Some(to), quiet, action }))
    }
}

impl FromJson for Mode {
    fn read(json: &Json, at: &At) -> Read<Self> {
        word(json, at, &[("run", Self::Run), ("runner", Self::Runner), ("loop", Self::Loop)])
    }
}

impl FromJson for NetworkConfig {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let fields = Fields::of(json, at)?;
        let default = Self::default();
        let network = Self {
            latency: fields.or("latency", default.latency)?,
            bandwidth: fields.or("bandwidth", default.bandwidth)?,
            loss: fields.or("loss", default.loss)?,
            seed: fields.or("seed", default.seed)?,
            ..default
        };
        fields.end()?;
        Ok(network)
    }
}
