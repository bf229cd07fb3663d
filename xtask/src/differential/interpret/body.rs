//! Statements, one after another.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use asyncio::{Error, Result};

use super::machine::{DEPTH, Machine};
use super::scope::Scope;
use super::value::Value;
use super::{awaiting, control, operation};
use crate::differential::language::{Action, Body, Name, Statement};

/// How a statement went on to the next.
pub enum Flow {
    Next,
    Return(Value),
    Break,
    Continue,
}

/// Statements that run.
pub type Running = Pin<Box<dyn Future<Output = Result<Flow>>>>;

/// Runs statements in a place.
pub fn run(machine: &Rc<Machine>, scope: &Rc<Scope>, body: &Body) -> Running {
    if body.is_empty() {
        return Box::pin(std::future::ready(Ok(Flow::Next)));
    }
    let (machine, scope, body) = (machine.clone(), scope.clone(), body.clone());
    Box::pin(async move {
        if scope.depth() > DEPTH {
            machine.cut_off();
        }
        for statement in body.iter() {
            // A program that was cut off only has to come to its end.
            if !machine.goes_on() {
                break;
            }
            match run_one(&machine, &scope, statement).await? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    })
}

async fn run_one(machine: &Rc<Machine>, scope: &Rc<Scope>, statement: &Statement) -> Result<Flow> {
    match &statement.action {
        Action::Control(control) => {
            return control::run(machine, scope, statement, control).await;
        }
        Action::Await(awaitable) => {
            let result = awaiting::operation(machine, scope, awaitable).await;
            machine.ended(statement, result)?;
        }
        Action::AwaitOn(awaitable) => {
            let result = awaiting::on(machine, scope, awaitable).await;
            machine.ended(statement, result)?;
        }
        Action::Do(operation) => {
            if statement.quiet && operation.only_prints() {
                return Ok(Flow::Next);
            }
            let result = operation::run(machine, operation);
            if operation.is_silent() {
                result?;
            } else {
                machine.ended(statement, result)?;
            }
        }
    }
    Ok(Flow::Next)
}

/// The value of a function's body; none if it ended without `return`.
pub fn returned(flow: Flow) -> Value {
    match flow {
        Flow::Return(value) => value,
        Flow::Next | Flow::Break | Flow::Continue => Value::None,
    }
}

/// Calls a callback of the program.
///
/// # Errors
/// What it raises.
pub fn call_back(machine: &Rc<Machine>, name: &Name) -> Result {
    call_function(machine, name).map(drop)
}

/// Calls a callback of the program; the value that it returns.
///
/// # Errors
/// What it raises.
pub fn call_function(machine: &Rc<Machine>, name: &Name) -> Result<Value> {
    let Some(body) = machine.program.callbacks.get(name) else { return Ok(Value::None) };
    let scope = Scope::root("callback");
    let mut running = run(machine, &scope, body);
    let polled = machine.nested(|| running.as_mut().poll(&mut Context::from_waker(Waker::noop())));
    match polled {
        Poll::Ready(result) => result.map(returned),
        Poll::Pending => Err(Error::new("RuntimeError", "a callback cannot await")),
    }
}
