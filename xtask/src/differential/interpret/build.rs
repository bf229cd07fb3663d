//! Building awaitables: the expressions behind `await`, which do not wait themselves.

use std::borrow::Cow;
use std::future::Future as StdFuture;
use std::rc::Rc;

use asyncio::{
    self, Coro, Error, Future, Result, ReturnWhen, gather_with, get_running_loop, shield, sleep,
    wait_for,
};

use super::awaited;
use super::body::{returned, run};
use super::coroutine::{Coroutine, Sort, lasting};
use super::leaf::Leaf;
use super::machine::{Machine, does_not_fit};
use super::operand::Operand;
use super::operation::unless_left;
use super::scope::Scope;
use super::value::{Form, List, Value};
use super::{jobs, streams};
use crate::differential::language::{Awaitable, Name};

/// An awaitable as an object: a task, a future or a coroutine.
///
/// # Errors
/// What Python raises for the expression.
pub fn build(machine: &Rc<Machine>, awaitable: &Awaitable) -> Result<Value> {
    unless_left(made(machine, awaitable))
}

fn made(machine: &Rc<Machine>, awaitable: &Awaitable) -> Result<Value> {
    match awaitable {
        Awaitable::Name(name) => match machine.get(name)? {
            value @ (Value::Task(_)
            | Value::Future(_)
            | Value::Coroutine(_)
            | Value::Awaitable(_)) => Ok(value),
            _ => Err(does_not_fit(name)),
        },
        Awaitable::Call { coro } => {
            machine.count("call");
            Ok(Value::Coroutine(call(machine, coro)))
        }
        Awaitable::Sleep { delay, result } => {
            machine.count("sleep");
            let (delay, result) = (*delay, machine.value(result)?);
            let leaf_name = if delay <= 0.0 { "sleep 0" } else { "sleep" };
            Ok(leaf(machine, "sleep", leaf_name, async move {
                sleep(delay).await?;
                Ok(result)
            }))
        }
        Awaitable::Gather { of, return_exceptions } => {
            machine.count("gather");
            let values = build_all(machine, of)?;
            get_running_loop()?;
            let children = Operand::all(&values, "gather child");
            drop(values);
            Ok(Value::of_future(&gather_with(children, *return_exceptions, |results| {
                let value = |result: Result<Value>| result.unwrap_or_else(Value::Error);
                Ok(Value::list(results.into_iter().map(value)))
            })))
        }
        Awaitable::Wait { of, timeout, return_when } => {
            machine.count("wait");
            let mut values = List::default();
            for name in of {
                values.push(awaited_name(machine, name)?);
            }
            let (timeout, return_when) = (*timeout, *return_when);
            Ok(leaf(
                machine,
                "wait",
                "wait",
                async move { wait(values, timeout, return_when).await },
            ))
        }
        Awaitable::WaitFor { what, timeout } => {
            machine.count("wait_for");
            let what = build(machine, what)?;
            Ok(wait_for_any(machine, what, *timeout))
        }
        Awaitable::Shield { what } => {
            machine.count("shield");
            let what = build(machine, what)?;
            get_running_loop()?;
            let inner = Operand::of(&what, "shield child");
            drop(what);
            Ok(Value::of_future(&shield(inner)))
        }
        Awaitable::ToThread { job } => Ok(jobs::to_thread(machine, job)),
        Awaitable::RunInExecutor { job, on } => jobs::run_in_executor(machine, job, on.as_ref()),
        Awaitable::OpenConnection { port, limit } => Ok(streams::open(machine, *port, *limit)),
        Awaitable::StartServer { port, handler, limit } => {
            Ok(streams::serve(machine, *port, handler, *limit))
        }
        Awaitable::Method { on, method } => awaited::build(machine, on, method),
    }
}

/// Several awaitables, in turn.
///
/// # Errors
/// As for one.
pub fn build_all(machine: &Rc<Machine>, of: &[Awaitable]) -> Result<List> {
    let mut all = List::default();
    for awaitable in of {
        all.push(build(machine, awaitable)?);
    }
    Ok(all)
}

/// A coroutine of the program.
pub fn call(machine: &Rc<Machine>, name: &Name) -> Rc<Coroutine> {
    let scope = Scope::open(None);
    let body = machine.program.coroutines.get(name).cloned().unwrap_or_else(|| Rc::from([]));
    let (running, place) = (machine.clone(), scope.clone());
    Coroutine::new(machine, lasting(name), scope, async move {
        run(&running, &place, &body).await.map(returned).map_err(left_coroutine)
    })
}

/// What becomes of an error that leaves a coroutine.
pub fn left_coroutine(error: Error) -> Error {
    if error.is("StopIteration") {
        return Error::replacing(error, "coroutine raised StopIteration");
    }
    error
}

/// A coroutine of asyncio's, which may be suspended as the operation `leaf_name`.
pub fn leaf_of<T: 'static>(
    machine: &Rc<Machine>,
    leaf_name: impl Into<Cow<'static, str>>,
    coro: Coro<T>,
    value: impl FnOnce(T) -> Result<Value> + 'static,
) -> Value {
    let scope = Scope::open(None);
    let (place, leaf_name) = (scope.clone(), leaf_name.into());
    Value::Coroutine(Coroutine::around(machine, coro, None, scope, |body| {
        Leaf::new(machine, &place, leaf_name, async move { value(body.await?) })
    }))
}

/// The same for what is no coroutine here: it goes by the name `name`.
pub fn leaf(
    machine: &Rc<Machine>,
    name: &'static str,
    leaf_name: &'static str,
    body: impl StdFuture<Output = Result<Value>> + 'static,
) -> Value {
    let scope = Scope::open(None);
    let body = Leaf::new(machine, &scope, leaf_name, body);
    Value::Coroutine(Coroutine::new(machine, name, scope, body))
}

fn awaited_name(machine: &Machine, name: &Name) -> Result<Value> {
    match machine.get(name)? {
        Value::Coroutine(coroutine) if coroutine.sort() == Sort::Method => Err(does_not_fit(name)),
        value @ (Value::Task(_) | Value::Future(_) | Value::Coroutine(_)) => Ok(value),
        _ => Err(does_not_fit(name)),
    }
}

/// `asyncio.wait`.
async fn wait(values: List, timeout: Option<f64>, return_when: ReturnWhen) -> Result<Value> {
    let values = values.into_set();
    let futures: Vec<_> = values.iter().filter_map(Value::as_future).cloned().collect();
    if futures.len() < values.len() {
        let text = "Passing coroutines is forbidden, use tasks explicitly.";
        return Err(Error::new("TypeError", text));
    }
    let mut waiting = asyncio::wait(&futures).return_when(return_when);
    if let Some(seconds) = timeout {
        waiting = waiting.timeout(seconds);
    }
    drop(futures);
    let (done, pending) = waiting.await?;
    let set = |futures: Vec<Future<Value>>| {
        Value::listed(Form::Set, futures.iter().map(Value::of_future))
    };
    Ok(Value::listed(Form::Tuple, [set(done), set(pending)]))
}

/// `asyncio.wait_for`, which awaits a coroutine in place.
fn wait_for_any(machine: &Rc<Machine>, what: Value, timeout: Option<f64>) -> Value {
    let at_once = timeout.is_some_and(|seconds| seconds <= 0.0);
    match what {
        Value::Coroutine(_) | Value::Awaitable(_) if !at_once => {
            let scope = Scope::open(Some("wait_for"));
            let place = scope.clone();
            Value::Coroutine(Coroutine::new(machine, "wait_for", scope, async move {
                let operand = match &what {
                    Value::Awaitable(calling) => Operand::in_place(&calling.call(), &place),
                    Value::Coroutine(coroutine) => Operand::in_place(coroutine, &place),
                    _ => Operand::of(&what, "task"),
                };
                drop(what);
                wait_for(operand, timeout).await
            }))
        }
        _ => leaf(machine, "wait_for", "wait_for", async move {
            let operand = Operand::of(&what, "task");
            drop(what);
            wait_for(operand, timeout).await
        }),
    }
}
