//! Context variables.

use std::rc::Rc;

use asyncio::{Context, ContextVar, Result};

use super::body::call_function;
use super::machine::{Machine, does_not_fit};
use super::method::Done;
use super::repr::Repr;
use super::value::Value;
use crate::differential::language::{Constant, Method};

/// `ContextVar(name, default=…)`; null is no default.
pub fn make(machine: &Machine, name: &str, default: &Constant) -> Result<Value> {
    Ok(Value::ContextVar(match machine.value(default)? {
        Value::None => ContextVar::new(name),
        default => {
            let repr = Repr(&default).to_string();
            ContextVar::with_default_shown(name, default, &repr)
        }
    }))
}

/// What a variable does.
pub fn of_variable(
    machine: &Machine,
    variable: &ContextVar<Value>,
    method: &Method,
) -> Result<Done> {
    Ok(Some(match method {
        Method::VarGet { default } => (
            "var_get",
            match machine.value(default)? {
                Value::None => variable.get()?,
                default => variable.get_or(default),
            },
        ),
        Method::VarSet { value } => {
            ("var_set", Value::Token(Rc::new(variable.set(machine.value(value)?))))
        }
        Method::VarReset { token } => match machine.get(token)? {
            Value::Token(token) => {
                variable.reset(&token)?;
                ("var_reset", Value::None)
            }
            _ => return Err(does_not_fit(token)),
        },
        _ => return Ok(None),
    }))
}

/// What a context does.
pub fn of_context(machine: &Rc<Machine>, context: &Context, method: &Method) -> Result<Done> {
    Ok(Some(match method {
        Method::ContextRun { callback } => {
            ("context_run", context.run(|| call_function(machine, callback))??)
        }
        _ => return Ok(None),
    }))
}
