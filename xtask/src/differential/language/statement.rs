//! Statements.

use std::rc::Rc;

use serde_json::Value as Json;

use super::fields::{At, Fields, FromJson, Read};
use super::operations::{Awaitable, Operation};
use super::value::{Class, Constant, ErrorSpec, Name};

/// Statements one after another.
pub type Body = Rc<[Statement]>;

/// A statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What stands before its value or its error in the line it prints.
    pub label: Rc<str>,
    /// The variable that keeps its value.
    pub to: Option<Name>,
    /// Whether it prints no line.
    pub quiet: bool,
    pub action: Action,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub enum Action {
    /// Awaits something by another operation than `await`.
    Await(Awaitable),
    /// `await` itself.
    AwaitOn(Awaitable),
    Do(Operation),
    Control(Control),
}

/// A statement of control.
#[derive(Clone, Debug)]
pub enum Control {
    Try {
        body: Body,
        except: Rc<[Except]>,
        otherwise: Body,
        finally: Option<Body>,
    },
    /// Without an error: what is being handled.
    Raise {
        error: Option<Origin>,
        /// What stands behind `from`, if that is there.
        from: Option<Option<Origin>>,
    },
    Return {
        value: Constant,
    },
    Break,
    Continue,
    Repeat {
        times: usize,
        body: Body,
    },
    If {
        name: Name,
        at_least: Option<f64>,
        then: Body,
        otherwise: Body,
    },
    Timeout {
        limit: Limit,
        body: Body,
    },
    TaskGroup {
        body: Body,
    },
    AsyncWith {
        on: Name,
        body: Body,
    },
    With {
        on: Name,
        body: Body,
    },
    Context {
        enter: Body,
        exit: Body,
        swallow: bool,
        body: Body,
    },
    ForCompleted {
        of: Rc<[Awaitable]>,
        timeout: Option<f64>,
        asynchronous: bool,
        body: Body,
    },
    AsyncFor {
        over: Over,
        body: Body,
    },
    Yield {
        value: Constant,
    },
}

/// An error that is raised, or that another is raised from.
#[derive(Clone, Debug)]
pub enum Origin {
    New(ErrorSpec),
    /// One that is kept.
    Kept(Name),
}

/// A clause of `try`.
#[derive(Clone, Debug)]
pub struct Except {
    pub class: Class,
    pub body: Body,
    /// The variable that keeps the error.
    pub to: Option<Name>,
}

/// When a timeout expires; both in seconds from now.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// `asyncio.timeout`.
    Delay(Option<f64>),
    /// `asyncio.timeout_at`.
    At(Option<f64>),
}

/// What `async_for` goes through.
#[derive(Clone, Debug)]
pub enum Over {
    /// A new generator of the program.
    New(Name),
    /// One that is kept.
    Kept(Name),
}

impl FromJson for Statement {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let fields = Fields::of(json, at)?;
        let op: Rc<str> = fields.need("op")?;
        let action = Action::of(&op, &fields)?;
        let action = action.ok_or_else(|| at.refuse(format_args!("unknown op \"{op}\"")))?;
        let to: Option<Name> = fields.maybe("to")?;
        if to.as_deref() == Some("self") {
            return Err(at.refuse("\"self\" is the task that runs: it cannot be kept"));
        }
        let label = match json.get("on").and_then(Json::as_str) {
            Some(on) => format!("{op} {on}").into(),
            None => op,
        };
        let quiet = fields.or("quiet", false)?;
        fields.end()?;
        Ok(Self { label, to, quiet, action })
    }
}

impl Action {
    fn of(op: &str, fields: &Fields) -> Read<Option<Self>> {
        if op == "await" {
            return Ok(Some(Self::AwaitOn(fields.need("on")?)));
        }
        if let Some(awaitable) = Awaitable::of(op, fields)? {
            return Ok(Some(Self::Await(awaitable)));
        }
        if let Some(control) = Control::of(op, fields)? {
            return Ok(Some(Self::Control(control)));
        }
        Ok(Operation::of(op, fields)?.map(Self::Do))
    }
}

impl Control {
    fn of(op: &str, fields: &Fields) -> Read<Option<Self>> {
        let none = || Body::from([]);
        let body = || fields.need::<Body>("body");
        Ok(Some(match op {
            "try" => Self::Try {
                body: body()?,
                except: fields.or("except", Rc::from([]))?,
                otherwise: fields.or("else", none())?,
                finally: fields.maybe("finally")?,
            },
            "raise" => Self::Raise { error: Origin::raised(fields)?, from: fields.maybe("from")? },
            "return" => Self::Return { value: fields.or("value", Constant::None)? },
            "break" => Self::Break,
            "continue" => Self::Continue,
            "repeat" => {
                // So that what never waits comes to an end, too.
                let times: u16 = fields.need("times")?;
                Self::Repeat { times: times.into(), body: body()? }
            }
            "if" => Self::If {
                name: fields.need("name")?,
                at_least: fields.maybe("at_least")?,
                then: fields.or("then", none())?,
                otherwise: fields.or("else", none())?,
            },
            "timeout" => Self::Timeout { limit: Limit::of(fields)?, body: body()? },
            "task_group" => Self::TaskGroup { body: body()? },
            "async_with" => Self::AsyncWith { on: fields.need("on")?, body: body()? },
            "with" => Self::With { on: fields.need("on")?, body: body()? },
            "context" => Self::Context {
                enter: fields.or("enter", none())?,
                exit: fields.or("exit", none())?,
                swallow: fields.or("swallow", false)?,
                body: body()?,
            },
            "for_completed" => Self::ForCompleted {
                of: fields.need("of")?,
                timeout: fields.or("timeout", None)?,
                asynchronous: fields.or("async", false)?,
                body: body()?,
            },
            "async_for" => Self::AsyncFor { over: Over::of(fields)?, body: body()? },
            "yield" => Self::Yield { value: fields.or("value", Constant::None)? },
            _ => return Ok(None),
        }))
    }
}

impl Origin {
    fn raised(fields: &Fields) -> Read<Option<Self>> {
        match (fields.maybe("error")?, fields.maybe("on")?) {
            (Some(_), Some(_)) => Err(fields.refuse("either \"error\" or \"on\"")),
            (None, None) if fields.has("from") => Err(fields.refuse("\"from\" without an error")),
            (error, on) => Ok(error.map(Self::New).or(on.map(Self::Kept))),
        }
    }
}

impl FromJson for Origin {
    fn read(json: &Json, at: &At) -> Read<Self> {
        Ok(match json.as_str() {
            Some(name) => Self::Kept(name.into()),
            None => Self::New(ErrorSpec::read(json, at)?),
        })
    }
}

impl Limit {
    fn of(fields: &Fields) -> Read<Self> {
        match (fields.maybe("delay")?, fields.maybe("at")?) {
            (Some(delay), None) => Ok(Self::Delay(delay)),
            (None, Some(at)) => Ok(Self::At(at)),
            _ => Err(fields.refuse("either \"delay\" or \"at\"")),
        }
    }
}

impl Over {
    fn of(fields: &Fields) -> Read<Self> {
        match (fields.maybe("gen")?, fields.maybe("on")?) {
            (Some(generator), None) => Ok(Self::New(generator)),
            (None, Some(on)) => Ok(Self::Kept(on)),
            _ => Err(fields.refuse("either \"gen\" or \"on\"")),
        }
    }
}

impl FromJson for Except {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let fields = Fields::of(json, at)?;
        let except = Self {
            class: fields.need("type")?,
            body: fields.need("body")?,
            to: fields.maybe("to")?,
        };
        fields.end()?;
        Ok(except)
    }
}
