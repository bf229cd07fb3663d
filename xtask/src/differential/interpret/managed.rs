//! Blocks that are entered and left: `async with`.

use std::rc::Rc;

use asyncio::{
    self, AsyncContextManager, ContextManager, Error, GeneratorContext, Result, TaskGroup, Timeout,
    asynccontextmanager, finishing, while_handling,
};

use super::body::{Flow, run};
use super::exits::{Managed, Plain};
use super::holding::Holding;
use super::leaf::Leaf;
use super::machine::{Machine, does_not_fit};
use super::scope::Scope;
use super::value::Value;
use crate::differential::language::{Body, Limit, Name, Statement};

/// Writes the line of a block that an error leaves.
fn left(machine: &Machine, statement: &Statement, result: Result<Flow>) -> Result<Flow> {
    result.inspect_err(|error| machine.failed(statement, error))
}

/// Keeps what `async with` gives.
fn keep(machine: &Machine, statement: &Statement, value: Value) {
    if let Some(name) = &statement.to {
        machine.store(name, value);
    }
}

/// `async with asyncio.timeout(…)`.
pub async fn timeout(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    limit: Limit,
    body: &Body,
) -> Result<Flow> {
    let result = async {
        let timeout = match limit {
            Limit::Delay(delay) => {
                machine.count("timeout");
                asyncio::timeout(delay)
            }
            Limit::At(when) => {
                machine.count("timeout at");
                asyncio::timeout_at(when.map(|seconds| asyncio::time() + seconds))
            }
        };
        within_timeout(machine, scope, statement, timeout, body).await
    };
    left(machine, statement, result.await)
}

async fn within_timeout(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    timeout: Timeout,
    body: &Body,
) -> Result<Flow> {
    timeout.enter()?;
    keep(machine, statement, Value::Timeout(timeout.clone()));
    let body = run(machine, &scope.inside("timeout"), body);
    let (timeout, result) = Holding::new(timeout, body).await;
    timeout.exit(result)
}

async fn within_group(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    group: TaskGroup,
    body: &Body,
) -> Result<Flow> {
    group.enter()?;
    keep(machine, statement, Value::TaskGroup(group.clone()));
    let body = run(machine, &scope.inside("task_group body"), body);
    let (group, result) = Holding::new(group, body).await;
    let raised = result.as_ref().map(drop).map_err(Error::clone);
    let leaving = finishing(&raised, group.exit(result));
    Leaf::new(machine, scope, "task_group exit", leaving).await
}

async fn within_manager(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    manager: Managed,
    body: &Body,
) -> Result<Flow> {
    let entered = Leaf::new(machine, scope, "", manager.enter()).await?;
    keep(machine, statement, entered);
    let (manager, result) = Holding::new(manager, run(machine, scope, body)).await;
    let leaving = finishing(&result, manager.exit(result.as_ref().err()));
    let swallowed = Leaf::new(machine, scope, "", leaving).await?;
    if swallowed && result.is_err() { Ok(Flow::Next) } else { result }
}

/// `async with asyncio.TaskGroup()`.
pub async fn task_group(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    body: &Body,
) -> Result<Flow> {
    machine.count("task_group");
    let result = async { within_group(machine, scope, statement, TaskGroup::new(), body).await };
    left(machine, statement, result.await)
}

/// `async with` one of the objects that have it.
pub async fn async_with(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    on: &Name,
    body: &Body,
) -> Result<Flow> {
    let result = async {
        let object = machine.get(on)?;
        let kind = object.kind();
        machine.count_on("async_with", kind);
        let object = match object {
            Value::Timeout(timeout) => {
                return within_timeout(machine, scope, statement, timeout, body).await;
            }
            Value::TaskGroup(group) => {
                return within_group(machine, scope, statement, group, body).await;
            }
            object @ (Value::Stack(_) | Value::Manager(_)) => {
                return within_manager(machine, scope, statement, Managed(object), body).await;
            }
            object => object,
        };
        let (frame, waiting) = match kind {
            "Lock" => ("async_with Lock", "acquire Lock"),
            "Condition" => ("async_with Condition", "acquire Condition"),
            "Semaphore" => ("async_with Semaphore", "acquire Semaphore"),
            "BoundedSemaphore" => ("async_with BoundedSemaphore", "acquire BoundedSemaphore"),
            "Barrier" => ("async_with Barrier", "wait Barrier"),
            "Server" => ("async_with Server", ""),
            _ => return Err(does_not_fit(on)),
        };
        let entered = Leaf::new(machine, scope, waiting, enter(&object)).await?;
        keep(machine, statement, entered);
        let body = run(machine, &scope.inside(frame), body);
        let (object, result) = Holding::new(object, body).await;
        if let (Err(error), false) = (&result, matches!(object, Value::Server(_))) {
            while_handling(error, || release(&object))?;
            return result;
        }
        match &object {
            Value::Server(server) => {
                let raised = result.as_ref().map(drop).map_err(Error::clone);
                let closing = finishing(&raised, server.exit(result));
                return Leaf::new(machine, scope, "wait_closed Server", closing).await;
            }
            _ => release(&object)?,
        }
        result
    };
    left(machine, statement, result.await)
}

/// `with` one of the objects that have it.
pub async fn with(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    on: &Name,
    body: &Body,
) -> Result<Flow> {
    let result = async {
        let manager = Plain::named(machine, on)?;
        machine.count_on("with", manager.0.kind());
        let entered = manager.enter()?;
        keep(machine, statement, entered);
        let (manager, result) = Holding::new(manager, run(machine, scope, body)).await;
        let swallowed = match &result {
            Ok(_) => manager.exit(None)?,
            Err(error) => while_handling(error, || manager.exit(Some(error)))?,
        };
        if swallowed && result.is_err() { Ok(Flow::Next) } else { result }
    };
    left(machine, statement, result.await)
}

/// `__aexit__`, where it does not await.
pub fn release(object: &Value) -> Result {
    match object {
        Value::Lock(lock) => lock.release(),
        Value::Condition(condition) => condition.release(),
        Value::BoundedSemaphore(semaphore) => semaphore.release(),
        Value::Semaphore(semaphore) => {
            semaphore.release();
            Ok(())
        }
        _ => Ok(()),
    }
}

/// `__aenter__`.
pub async fn enter(object: &Value) -> Result<Value> {
    match object {
        Value::Lock(lock) => drop(lock.acquire().await?),
        Value::Condition(condition) => drop(condition.acquire().await?),
        Value::Semaphore(semaphore) => semaphore.acquire().await?,
        Value::BoundedSemaphore(semaphore) => semaphore.acquire().await?,
        Value::Server(server) => return Ok(Value::Server(server.clone())),
        Value::Barrier(barrier) => return Ok(Value::Int(barrier.wait().await? as i64)),
        _ => {}
    }
    Ok(Value::None)
}

/// The ends of a `context`.
pub struct Ends<'a> {
    pub enter: &'a Body,
    pub exit: &'a Body,
    pub swallow: bool,
}

/// `async with` an `asynccontextmanager`, whose generator runs `enter`, and `exit` in a `finally`.
pub async fn context(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    ends: &Ends<'_>,
    body: &Body,
) -> Result<Flow> {
    machine.count("context");
    let result = async {
        let manager = generator(machine, scope, ends);
        Leaf::new(machine, scope, "", manager.enter()).await?;
        keep(machine, statement, Value::None);
        let body = run(machine, &scope.inside("context body"), body);
        let (manager, result) = Holding::new(manager, body).await;
        let leaving = finishing(&result, manager.exit(result.as_ref().err()));
        let swallowed = Leaf::new(machine, scope, "", leaving).await?;
        if swallowed && result.is_err() { Ok(Flow::Next) } else { result }
    };
    left(machine, statement, result.await)
}

/// The manager of a `context`.
fn generator(machine: &Rc<Machine>, scope: &Rc<Scope>, ends: &Ends<'_>) -> GeneratorContext<()> {
    let (machine, scope, swallow) = (machine.clone(), scope.clone(), ends.swallow);
    let (enter, exit) = (ends.enter.clone(), ends.exit.clone());
    asynccontextmanager("context", async move |inside| {
        run(&machine, &scope.inside("context enter"), &enter).await?;
        let mut raised = inside.yield_(()).await;
        if swallow && raised.as_ref().is_err_and(|error| error.is_a("Exception")) {
            raised = Ok(());
        }
        finishing(&raised, run(&machine, &scope.inside("context exit"), &exit)).await?;
        raised
    })
}
