//! Awaiting, in the task that runs.

use std::borrow::Cow;
use std::future::IntoFuture;
use std::rc::Rc;

use asyncio::Result;

use super::build::build;
use super::jobs;
use super::leaf::Leaf;
use super::machine::Machine;
use super::scope::Scope;
use super::value::Value;
use crate::differential::language::Awaitable;

/// An awaitable as a statement: builds it and awaits it.
///
/// # Errors
/// What either raises.
pub async fn operation(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    awaitable: &Awaitable,
) -> Result<Value> {
    let value = build(machine, awaitable)?;
    match awaitable {
        Awaitable::Call { .. } => in_place(machine, &scope.inside("call"), value, "call").await,
        Awaitable::Gather { .. } => in_place(machine, scope, value, "gather").await,
        Awaitable::Shield { .. } => in_place(machine, scope, value, "shield").await,
        Awaitable::RunInExecutor { on, .. } => {
            let name = jobs::executor_name(machine, on.as_ref());
            in_place(machine, scope, value, name).await
        }
        _ => in_place(machine, scope, value, "").await,
    }
}

/// The statement `await`.
///
/// # Errors
/// What building or awaiting raises.
pub async fn on(machine: &Rc<Machine>, scope: &Rc<Scope>, awaitable: &Awaitable) -> Result<Value> {
    let Awaitable::Name(_) = awaitable else {
        return operation(machine, scope, awaitable).await;
    };
    let value = build(machine, awaitable)?;
    let operation = format!("await {}", value.kind());
    machine.count(&operation);
    match value {
        Value::Coroutine(_) | Value::Awaitable(_) => {
            in_place(machine, &scope.inside("await Coroutine"), value, operation).await
        }
        _ => in_place(machine, scope, value, operation).await,
    }
}

/// Awaits an object that can be; a future as the operation `leaf`, while a coroutine says itself
/// what suspends it.
async fn in_place(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    value: Value,
    leaf: impl Into<Cow<'static, str>>,
) -> Result<Value> {
    // Nothing is held but what is awaited.
    match value {
        Value::Task(task) => Leaf::new(machine, scope, leaf, task.into_future()).await,
        Value::Future(future) => Leaf::new(machine, scope, leaf, future.into_future()).await,
        Value::Awaitable(calling) => {
            let coro = calling.call().to_await(scope)?;
            drop(calling);
            coro.await
        }
        Value::Coroutine(coroutine) => {
            let coro = coroutine.to_await(scope)?;
            drop(coroutine);
            coro.await
        }
        // `build` makes nothing else.
        other => Ok(other),
    }
}
