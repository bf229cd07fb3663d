//! Functions for threads and processes.

use std::rc::Rc;

use serde_json::Value as Json;

use super::fields::{At, Fields, FromJson, Read};
use super::operations::JobAction;
use super::value::Name;

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
