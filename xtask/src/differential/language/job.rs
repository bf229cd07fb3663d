//! Functions for threads and processes.

use std::rc::Rc;

use serde_json::Value as Json;

use super::fields::{At, Fields, FromJson, Read};
use super::value::{Constant, ErrorSpec, Name};

/// The statements of a job.
pub type Job = Rc<[JobStatement]>;

/// A statement of a job.
#[derive(Clone, Debug)]
pub struct JobStatement {
    pub label: Rc<str>,
    pub to: Option<Name>,
    pub quiet: bool,
    pub action: JobAction,
}

/// What a statement of a job does.
#[derive(Clone, Debug)]
pub enum JobAction {
    Sleep {
        delay: f64,
    },
    /// Works, in a thread holding the loop.
    Cpu {
        seconds: f64,
    },
    Print {
        text: Rc<str>,
    },
    Return {
        value: Constant,
    },
    Raise {
        error: ErrorSpec,
    },
    CallSoonThreadsafe {
        callback: Name,
    },
    /// `asyncio.run_coroutine_threadsafe`.
    Submit {
        coro: Name,
    },
    Result {
        on: Name,
        timeout: Option<f64>,
    },
    Cancel {
        on: Name,
    },
}

impl JobAction {
    /// Whether a process can do it.
    pub fn fits_process(&self) -> bool {
        matches!(
            self,
            Self::Sleep { .. } | Self::Cpu { .. } | Self::Return { .. } | Self::Raise { .. }
        )
    }

    fn of(op: &str, fields: &Fields) -> Read<Option<Self>> {
        Ok(Some(match op {
            "sleep" => Self::Sleep { delay: fields.need("delay")? },
            "cpu" => Self::Cpu { seconds: fields.need("seconds")? },
            "print" => Self::Print { text: fields.need("text")? },
            "return" => Self::Return { value: fields.or("value", Constant::None)? },
            "raise" => Self::Raise { error: fields.need("error")? },
            "call_soon_threadsafe" => {
                Self::CallSoonThreadsafe { callback: fields.need("callback")? }
            }
            "submit" => Self::Submit { coro: fields.need("coro")? },
            "result" => {
                Self::Result { on: fields.need("on")?, timeout: fields.or("timeout", None)? }
            }
            "cancel" => Self::Cancel { on: fields.need("on")? },
            _ => return Ok(None),
        }))
    }
}

impl FromJson for JobStatement {
    fn read(json: &Json, at: &At) -> Read<Self> {
        let fields = Fields::of(json, at)?;
        let op: Rc<str> = fields.need("op")?;
        let action = JobAction::of(&op, &fields)?;
        let action = action.ok_or_else(|| at.refuse(format_args!("no job can \"{op}\"")))?;
        let label = match json.get("on").and_then(Json::as_str) {
            Some(on) => format!("{op} {on}").into(),
            None => op,
        };
        let statement =
            Self { label, to: fields.maybe("to")?, quiet: fields.or("quiet", false)?, action };
        fields.end()?;
        Ok(statement)
    }
}
