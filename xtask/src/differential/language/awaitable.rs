//! What can be awaited.

use std::rc::Rc;

use asyncio::{ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, ReturnWhen};
use serde_json::Value as Json;

use super::fields::{At, Fields, FromJson, Read, word};
use super::value::{Constant, ErrorSpec, Name};

/// An awaitable: a name, or an operation that is awaited.
#[derive(Clone, Debug)]
pub enum Awaitable {
    /// A task, a future, or a coroutine that is kept.
    Name(Name),
    Call {
        coro: Name,
    },
    Sleep {
        delay: f64,
        result: Constant,
    },
    Gather {
        of: Vec<Awaitable>,
        return_exceptions: bool,
    },
    Wait {
        of: Vec<Name>,
        timeout: Option<f64>,
        return_when: ReturnWhen,
    },
    WaitFor {
        what: Box<Awaitable>,
        timeout: Option<f64>,
    },
    Shield {
        what: Box<Awaitable>,
    },
    ToThread {
        job: Name,
    },
    RunInExecutor {
        job: Name,
        on: Option<Name>,
    },
    OpenConnection {
        port: u16,
        limit: Option<usize>,
    },
    StartServer {
        port: u16,
        handler: Name,
        limit: Option<usize>,
    },
    /// What an object offers.
    Method {
        on: Name,
        method: Awaited,
    },
}

/// An operation of an object that is awaited.
#[derive(Clone, Debug)]
pub enum Awaited {
    Acquire,
    Wait,
    WaitUntil { name: Name, at_least: f64 },
    Put { item: Constant },
    Get,
    Join,
    Reset,
    Abort,
    Read { n: i64 },
    Readline,
    Readexactly { n: i64 },
    Readuntil { separator: Rc<str> },
    Drain,
    WaitClosed,
    ServeForever,
    Anext,
    Asend { value: Constant },
    Athrow { error: ErrorSpec },
    Aclose,
}

impl Awaitable {
    /// Reads the fields of the awaitable `op`; none if there is no such one.
    pub fn of(op: &str, fields: &Fields) -> Read<Option<Self>> {
        Ok(Some(match op {
            "call" => Self::Call { coro: fields.need("coro")? },
            "sleep" => Self::Sleep {
                delay: fields.need("delay")?,
                result: fields.or("result", Constant::None)?,
            },
            "gather" => Self::Gather {
                of: fields.need("of")?,
                return_exceptions: fields.or("return_exceptions", false)?,
            },
            "wait" if !fields.has("on") => Self::Wait {
                of: fields.need("of")?,
                timeout: fields.or("timeout", None)?,
                return_when: fields.or("return_when", ALL_COMPLETED)?,
            },
            "wait_for" => {
                Self::WaitFor { what: fields.need("what")?, timeout: fields.need("timeout")? }
            }
            "shield" => Self::Shield { what: fields.need("what")? },
            "to_thread" => Self::ToThread { job: fields.need("job")? },
            "run_in_executor" => {
                Self::RunInExecutor { job: fields.need("job")?, on: fields.or("on", None)? }
            }
            "open_connection" => Self::OpenConnection {
                port: fields.need("port")?,
                limit: fields.or("limit", None)?,
            },
            "start_server" => Self::StartServer {
                port: fields.need("port")?,
                handler: fields.need("handler")?,
                limit: fields.or("limit", None)?,
            },
            _ => {
                let Some(method) = Awaited::of(op, fields)? else { return Ok(None) };
                Self::Method { on: fields.need("on")?, method }
            }
        }))
    }
}

impl Awaited {
    fn of(op: &str, fields: &Fields) -> Read<Option<Self>> {
        Ok(Some(match op {
            "acquire" => Self::Acquire,
            "wait" => Self::Wait,
            "wait_until" => {
                Self::WaitUntil { name: fields.need("name")?, at_least: fields.need("at_least")? }
            }
            "put" => Self::Put { item: fields.need("item")? },
            "get" => Self::Get,
            "join" => Self::Join,
            "reset" => Self::Reset,
            "abort" => Self::Abort,
            "read" => Self::Read { n: fields.or("n", -1)? },
            "readline" => Self::Readline,
            "readexactly" => Self::Readexactly { n: fields.need("n")? },
            "readuntil" => Self::Readuntil { separator: fields.or("separator", "\n".into())? },
            "drain" => Self::Drain,
            "wait_closed" => Self::WaitClosed,
            "serve_forever" => Self::ServeForever,
            "anext" => Self::Anext,
            "asend" => Self::Asend { value: fields.or("value", Constant::None)? },
            "athrow" => Self::Athrow { error: fields.need("error")? },
            "aclose" => Self::Aclose,
            _ => return Ok(None),
        }))
    }
}

impl FromJson for Awaitable {
    fn read(json: &Json, at: &At) -> Read<Self> {
        if let Some(name) = json.as_str() {
            return Ok(Self::Name(name.into()));
        }
        let fields = Fields::of(json, at)?;
        let op: Rc<str> = fields.need("op")?;
        let awaitable = Self::of(&op, &fields)?;
        let awaitable =
            awaitable.ok_or_else(|| at.refuse(format_args!("\"{op}\" is no awaitable")))?;
        fields.end()?;
        Ok(awaitable)
    }
}

impl FromJson for ReturnWhen {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let words = [
            ("ALL_COMPLETED", ALL_COMPLETED),
            ("FIRST_COMPLETED", FIRST_COMPLETED),
            ("FIRST_EXCEPTION", FIRST_EXCEPTION),
        ];
        word(json, at, &words)
    }
}
