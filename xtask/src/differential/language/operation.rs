//! Operations that do not await.

use std::rc::Rc;

use serde_json::Value as Json;

use super::awaitable::Awaitable;
use super::fields::{At, Fields, FromJson, Read, word};
use super::random::Random;
use super::value::{Constant, ErrorSpec, Name};

/// An operation that is done at once.
#[derive(Clone, Debug)]
pub enum Operation {
    New(New),
    Future,
    Coroutine {
        what: Awaitable,
    },
    CreateTask {
        what: Awaitable,
        name: Option<Rc<str>>,
        eager: bool,
        on: Option<Name>,
    },
    EnsureFuture {
        what: Awaitable,
    },
    Generator {
        generator: Name,
    },
    CallSoon {
        callback: Name,
        threadsafe: bool,
    },
    CallLater {
        callback: Name,
        delay: f64,
    },
    CallAt {
        callback: Name,
        when: f64,
    },
    Time,
    CurrentTask,
    AllTasks,
    Stop,
    TimeSleep {
        seconds: f64,
    },
    Random(Random),
    Assign {
        name: Name,
        value: Constant,
    },
    Add {
        name: Name,
        by: Constant,
    },
    Del {
        name: Name,
    },
    Print {
        text: Rc<str>,
    },
    Show {
        name: Name,
    },
    /// What an object offers.
    Method {
        on: Name,
        method: Method,
    },
}

/// An object to make.
#[derive(Clone, Debug)]
pub struct New {
    pub kind: Kind,
    /// Permits, parties, most items or workers.
    pub value: Option<usize>,
    /// The lock of a condition.
    pub lock: Option<Name>,
}

/// The types of objects that are made by `new`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Lock,
    Event,
    Condition,
    Barrier,
    Semaphore,
    BoundedSemaphore,
    Queue,
    LifoQueue,
    PriorityQueue,
    ThreadPool,
    ProcessPool,
}

/// An operation of an object.
#[derive(Clone, Debug)]
pub enum Method {
    Cancel { message: Option<Rc<str>> },
    Uncancel,
    Cancelling,
    Done,
    Cancelled,
    Result,
    Exception,
    GetName,
    SetName { name: Rc<str> },
    SetResult { value: Constant },
    SetException { error: ErrorSpec },
    AddDoneCallback { callback: Name },
    RemoveDoneCallback { callback: Name },
    When,
    Release,
    Locked,
    Set,
    Clear,
    IsSet,
    Notify { n: usize },
    NotifyAll,
    NWaiting,
    Parties,
    Broken,
    PutNowait { item: Constant },
    GetNowait,
    TaskDone,
    Qsize,
    Empty,
    Full,
    Shutdown { immediate: bool },
    Reschedule { when: Option<f64> },
    Expired,
    Write { data: Constant },
    Writelines { data: Vec<Constant> },
    WriteEof,
    Close,
    IsClosing,
    AtEof,
    TransportAbort,
    IsServing,
    CloseClients,
    AbortClients,
}

impl Operation {
    /// Reads the fields of the operation `op`; none if there is no such one.
    pub fn of(op: &str, fields: &Fields) -> Read<Option<Self>> {
        Ok(Some(match op {
            "new" => Self::New(New::of(fields)?),
            "future" => Self::Future,
            "coroutine" => Self::Coroutine { what: fields.need("what")? },
            "create_task" => {
                let (eager, on) = (fields.or("eager", false)?, fields.or("on", None)?);
                let (what, name) = (fields.need("what")?, fields.or("name", None)?);
                Self::CreateTask { what, name, eager, on }
            }
            "ensure_future" => Self::EnsureFuture { what: fields.need("what")? },
            "generator" => Self::Generator { generator: fields.need("gen")? },
            "call_soon" => Self::CallSoon { callback: fields.need("callback")?, threadsafe: false },
            "call_soon_threadsafe" => {
                Self::CallSoon { callback: fields.need("callback")?, threadsafe: true }
            }
            "call_later" => {
                Self::CallLater { callback: fields.need("callback")?, delay: fields.need("delay")? }
            }
            "call_at" => {
                Self::CallAt { callback: fields.need("callback")?, when: fields.need("when")? }
            }
            "time" => Self::Time,
            "current_task" => Self::CurrentTask,
            "all_tasks" => Self::AllTasks,
            "stop" => Self::Stop,
            "time_sleep" => Self::TimeSleep { seconds: fields.need("seconds")? },
            "random" => Self::Random(Random::of(fields)?),
            "assign" => Self::Assign { name: fields.need("name")?, value: fields.need("value")? },
            "add" => {
                let by = fields.need("by")?;
                if !matches!(by, Constant::Int(_) | Constant::Float(_)) {
                    return Err(fields.refuse("\"by\" is not a number"));
                }
                Self::Add { name: fields.need("name")?, by }
            }
            "del" => Self::Del { name: fields.need("name")? },
            "print" => Self::Print { text: fields.need("text")? },
            "show" => Self::Show { name: fields.need("name")? },
            _ => {
                let Some(method) = Method::of(op, fields)? else { return Ok(None) };
                Self::Method { on: fields.need("on")?, method }
            }
        }))
    }

    /// Whether printing is all it does.
    pub fn only_prints(&self) -> bool {
        matches!(self, Self::Print { .. } | Self::Show { .. })
    }

    /// Whether it writes no line that says how it ended.
    pub fn is_silent(&self) -> bool {
        self.only_prints()
            || matches!(self, Self::Assign { .. } | Self::Add { .. } | Self::Del { .. })
    }
}

impl New {
    /// Reads the fields of a `new` statement.
    pub fn of(fields: &Fields) -> Read<Self> {
        let kind = fields.need("type")?;
        let new = Self { kind, value: fields.maybe("value")?, lock: fields.maybe("lock")? };
        if new.lock.is_some() && kind != Kind::Condition {
            return Err(fields.refuse("only a Condition takes a \"lock\""));
        }
        match kind {
            Kind::Lock | Kind::Event | Kind::Condition if new.value.is_some() => {
                Err(fields.refuse("it takes no \"value\""))
            }
            Kind::Barrier | Kind::ThreadPool | Kind::ProcessPool if new.value.is_none() => {
                Err(fields.refuse("\"value\" is missing"))
            }
            _ => Ok(new),
        }
    }
}

impl Method {
    fn of(op: &str, fields: &Fields) -> Read<Option<Self>> {
        Ok(Some(match op {
            "cancel" => Self::Cancel { message: fields.or("msg", None)? },
            "uncancel" => Self::Uncancel,
            "cancelling" => Self::Cancelling,
            "done" => Self::Done,
            "cancelled" => Self::Cancelled,
            "result" => Self::Result,
            "exception" => Self::Exception,
            "get_name" => Self::GetName,
            "set_name" => Self::SetName { name: fields.need("name")? },
            "set_result" => Self::SetResult { value: fields.or("value", Constant::None)? },
            "set_exception" => Self::SetException { error: fields.need("error")? },
            "add_done_callback" => Self::AddDoneCallback { callback: fields.need("callback")? },
            "remove_done_callback" => {
                Self::RemoveDoneCallback { callback: fields.need("callback")? }
            }
            "when" => Self::When,
            "release" => Self::Release,
            "locked" => Self::Locked,
            "set" => Self::Set,
            "clear" => Self::Clear,
            "is_set" => Self::IsSet,
            "notify" => Self::Notify { n: fields.or("n", 1)? },
            "notify_all" => Self::NotifyAll,
            "n_waiting" => Self::NWaiting,
            "parties" => Self::Parties,
            "broken" => Self::Broken,
            "put_nowait" => Self::PutNowait { item: fields.need("item")? },
            "get_nowait" => Self::GetNowait,
            "task_done" => Self::TaskDone,
            "qsize" => Self::Qsize,
            "empty" => Self::Empty,
            "full" => Self::Full,
            "shutdown" => Self::Shutdown { immediate: fields.or("immediate", false)? },
            "reschedule" => Self::Reschedule { when: fields.need("when")? },
            "expired" => Self::Expired,
            "write" => Self::Write { data: data(fields.need("data")?, fields)? },
            "writelines" => {
                let pieces: Vec<Constant> = fields.need("data")?;
                let pieces = pieces.into_iter().map(|piece| data(piece, fields));
                Self::Writelines { data: pieces.collect::<Read<_>>()? }
            }
            "write_eof" => Self::WriteEof,
            "close" => Self::Close,
            "is_closing" => Self::IsClosing,
            "at_eof" => Self::AtEof,
            "transport_abort" => Self::TransportAbort,
            "is_serving" => Self::IsServing,
            "close_clients" => Self::CloseClients,
            "abort_clients" => Self::AbortClients,
            _ => return Ok(None),
        }))
    }
}

/// Bytes to send: a text, or a variable.
fn data(given: Constant, fields: &Fields) -> Read<Constant> {
    match given {
        Constant::Text(_) | Constant::Variable(_) => Ok(given),
        _ => Err(fields.refuse("\"data\" is neither a text nor a variable")),
    }
}

impl FromJson for Kind {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let words = [
            ("Lock", Self::Lock),
            ("Event", Self::Event),
            ("Condition", Self::Condition),
            ("Barrier", Self::Barrier),
            ("Semaphore", Self::Semaphore),
            ("BoundedSemaphore", Self::BoundedSemaphore),
            ("Queue", Self::Queue),
            ("LifoQueue", Self::LifoQueue),
            ("PriorityQueue", Self::PriorityQueue),
            ("ThreadPool", Self::ThreadPool),
            ("ProcessPool", Self::ProcessPool),
        ];
        word(json, at, &words)
    }
}
