//! Statements of control but those that manage something.

use std::rc::Rc;

use asyncio::{Error, Result, being_handled, finishing, handling};

use super::body::{Flow, run as run_body};
use super::machine::{Machine, does_not_fit, error};
use super::scope::Scope;
use super::value::Value;
use super::{loops, managed};
use crate::differential::language::{Body, Control, Except, Origin, Statement};

/// Runs a statement of control.
pub async fn run(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    control: &Control,
) -> Result<Flow> {
    match control {
        Control::Try { body, except, otherwise, finally } => {
            machine.count("try");
            let ending = run_try(machine, scope, body, except, otherwise).await;
            match finally {
                Some(finally) => run_finally(machine, scope, finally, ending).await,
                None => ending,
            }
        }
        Control::Raise { error: Some(raised), from } => {
            let error = origin(machine, raised)?;
            match from {
                None => Err(error.raised()),
                Some(cause) => {
                    machine.count("raise from");
                    let cause = cause.as_ref().map(|cause| origin(machine, cause));
                    Err(error.from_cause(cause.transpose()?.as_ref()).raised())
                }
            }
        }
        Control::Raise { error: None, .. } => {
            machine.count("raise again");
            let none = || Error::new("RuntimeError", "No active exception to reraise");
            Err(being_handled().unwrap_or_else(none))
        }
        Control::Return { value } => {
            machine.count("return");
            machine.value(value).map(Flow::Return)
        }
        Control::Break => {
            machine.count("break");
            Ok(Flow::Break)
        }
        Control::Continue => {
            machine.count("continue");
            Ok(Flow::Continue)
        }
        Control::Repeat { times, body } => {
            machine.count("repeat");
            for _ in 0..*times {
                if !machine.goes_on() {
                    break;
                }
                match run_body(machine, scope, body).await? {
                    Flow::Next | Flow::Continue => {}
                    Flow::Break => break,
                    flow => return Ok(flow),
                }
            }
            Ok(Flow::Next)
        }
        Control::If { name, at_least, then, otherwise } => {
            machine.count("if");
            let chosen = match at_least {
                Some(bound) => machine.number(name)? >= *bound,
                None => machine.get(name)?.is_true(),
            };
            run_body(machine, scope, if chosen { then } else { otherwise }).await
        }
        Control::Timeout { limit, body } => {
            managed::timeout(machine, scope, statement, *limit, body).await
        }
        Control::TaskGroup { body } => managed::task_group(machine, scope, statement, body).await,
        Control::AsyncWith { on, body } => {
            managed::async_with(machine, scope, statement, on, body).await
        }
        Control::With { on, body } => managed::with(machine, scope, statement, on, body).await,
        Control::Context { enter, exit, swallow, body } => {
            let ends = managed::Ends { enter, exit, swallow: *swallow };
            managed::context(machine, scope, statement, &ends, body).await
        }
        Control::ForCompleted { of, timeout, asynchronous, body } => {
            let arguments = loops::Completed { of, timeout: *timeout, asynchronous: *asynchronous };
            loops::for_completed(machine, scope, statement, &arguments, body).await
        }
        Control::AsyncFor { over, body } => {
            loops::async_for(machine, scope, statement, over, body).await
        }
        Control::Yield { value } => {
            machine.count("yield");
            let Some(giving) = scope.giving() else { return Ok(Flow::Next) };
            let sent = giving.give(machine.value(value)?).await?;
            if let Some(name) = &statement.to {
                machine.store(name, sent);
            }
            Ok(Flow::Next)
        }
    }
}

/// An error that is raised, or that another is raised from.
fn origin(machine: &Machine, origin: &Origin) -> Result<Error> {
    match origin {
        Origin::New(spec) => {
            machine.count("raise");
            Ok(error(spec))
        }
        Origin::Kept(name) => {
            machine.count("raise Error");
            match machine.get(name)? {
                Value::Error(error) => Ok(error),
                _ => Err(does_not_fit(name)),
            }
        }
    }
}

/// `body` with its clauses and `else`.
async fn run_try(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    body: &Body,
    except: &[Except],
    otherwise: &Body,
) -> Result<Flow> {
    let error = match run_body(machine, &scope.inside("try body"), body).await {
        Ok(Flow::Next) => {
            return run_body(machine, &scope.inside("else handler"), otherwise).await;
        }
        Ok(flow) => return Ok(flow),
        Err(error) => error,
    };
    let Some(clause) = except.iter().find(|clause| error.is_a(clause.class.0)) else {
        return Err(error);
    };
    if let Some(name) = &clause.to {
        machine.store(name, Value::Error(error.clone()));
    }
    handling(&error, run_body(machine, &scope.inside("except handler"), &clause.body)).await
}

/// `finally`, after which `ending` goes on unless it has an end of its own.
async fn run_finally(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    finally: &Body,
    ending: Result<Flow>,
) -> Result<Flow> {
    match finishing(&ending, run_body(machine, &scope.inside("finally handler"), finally)).await? {
        Flow::Next => ending,
        flow => Ok(flow),
    }
}
