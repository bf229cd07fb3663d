//! `new`: an object to make.

use super::fields::{Fields, Read};
use super::operations::Kind;
use super::value::Name;

/// An object to make.
#[derive(Clone, Debug)]
pub struct New {
    pub kind: Kind,
    /// Permits, parties, most items, workers or seconds.
    pub value: Option<usize>,
    /// The lock of a condition.
    pub lock: Option<Name>,
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
            Kind::Lock
            | Kind::Event
            | Kind::Condition
            | Kind::TaskGroup
            | Kind::AsyncExitStack
            | Kind::ExitStack
                if new.value.is_some() =>
            {
                Err(fields.refuse("it takes no \"value\""))
            }
            Kind::Barrier | Kind::ThreadPool | Kind::ProcessPool if new.value.is_none() => {
                Err(fields.refuse("\"value\" is missing"))
            }
            _ => Ok(new),
        }
    }
}
