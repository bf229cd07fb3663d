//! What a stack of exits takes: managers, and exits of the program.

use std::rc::Rc;

use asyncio::{
    self, AsyncContextManager, AsyncExitStack, ContextManager, Coro, Error, ExitStack, Result,
    TaskGroup, Timeout,
};

use super::body::{call_back, call_function};
use super::build::{call, leaf_of};
use super::machine::{Machine, does_not_fit};
use super::managed::{enter, release};
use super::method::Done;
use super::scope::Scope;
use super::value::{Calling, Value};
use crate::differential::language::{Awaited, Method, Name};

/// An object that `async with` enters, as a manager.
pub struct Managed(pub Value);

impl AsyncContextManager for Managed {
    type Value = Value;

    fn enter(&self) -> Coro<Value> {
        let object = self.0.clone();
        Coro::anonymous(async move {
            match &object {
                Value::Timeout(timeout) => timeout.enter()?,
                Value::TaskGroup(group) => group.enter()?,
                Value::Manager(manager) => {
                    let Some(enter) = &manager.enter else { return Ok(object) };
                    return enter.call().to_await(&Scope::open(None))?.await;
                }
                Value::Stack(_) => {}
                _ => return enter(&object).await,
            }
            Ok(object)
        })
    }

    fn exit(&self, error: Option<&Error>) -> Coro<bool> {
        let result = || error.map_or(Ok(()), |error| Err(error.clone()));
        match &self.0 {
            Value::Timeout(timeout) => Timeout::exit_async(timeout, error),
            Value::TaskGroup(group) => TaskGroup::exit(group, result()).wrap(falsy),
            Value::Server(server) => {
                let (server, error) = (server.clone(), error.cloned());
                Coro::anonymous(async move {
                    let left = server.exit(error.clone().map_or(Ok(()), Err)).await;
                    passes(left, error.as_ref())
                })
            }
            Value::Stack(stack) => stack.exit(error),
            Value::Manager(manager) => told(&manager.leave, error),
            object => {
                let object = object.clone();
                Coro::anonymous(async move { release(&object).map(|()| false) })
            }
        }
    }
}

/// `__aexit__` that returns nothing.
async fn falsy(body: asyncio::Body<()>) -> Result<bool> {
    body.await.map(|()| false)
}

/// What leaving comes to where the error that is given back is not raised anew.
fn passes(left: Result, error: Option<&Error>) -> Result<bool> {
    match (left, error) {
        (Err(raised), Some(error)) if raised.is_same(error) => Ok(false),
        (left, _) => left.map(|()| false),
    }
}

/// An exit of the program, which finds what was raised under the name `error`.
fn told(calling: &Calling, error: Option<&Error>) -> Coro<bool> {
    calling.machine.store(&"error".into(), Value::of_exception(error.cloned()));
    match calling.call().to_await(&Scope::open(None)) {
        Ok(coro) => coro.wrap(async |body| Ok(body.await?.is_true())),
        Err(error) => Coro::anonymous(async move { Err(error) }),
    }
}

/// An object that `with` enters, as a manager.
pub struct Plain(pub Value);

impl Plain {
    /// The one of this name.
    ///
    /// # Errors
    /// `NameError` and `TypeError` where it is of nothing that fits.
    pub fn named(machine: &Machine, name: &Name) -> Result<Self> {
        match machine.get(name)? {
            object @ (Value::PlainManager(_) | Value::PlainStack(_)) => Ok(Self(object)),
            _ => Err(does_not_fit(name)),
        }
    }
}

impl ContextManager for Plain {
    type Value = Value;

    fn enter(&self) -> Result<Value> {
        match &self.0 {
            Value::PlainManager(manager) if let Some(enter) = &manager.enter => {
                call_function(&manager.machine, enter)
            }
            object => Ok(object.clone()),
        }
    }

    fn exit(&self, error: Option<&Error>) -> Result<bool> {
        match &self.0 {
            Value::PlainManager(manager) => told_at_once(&manager.machine, &manager.leave, error),
            Value::PlainStack(stack) => stack.exit(error),
            _ => Ok(false),
        }
    }
}

/// A callback of the program as an exit, which finds what was raised under the name `error`.
fn told_at_once(machine: &Rc<Machine>, callback: &Name, error: Option<&Error>) -> Result<bool> {
    machine.store(&"error".into(), Value::of_exception(error.cloned()));
    call_function(machine, callback).map(|value| value.is_true())
}

/// What a stack does that is awaited.
///
/// # Errors
/// `NameError` and `TypeError` where a name is of nothing that fits.
pub fn awaited(
    machine: &Rc<Machine>,
    stack: &AsyncExitStack,
    method: &Awaited,
) -> Result<Option<Value>> {
    Ok(Some(match method {
        Awaited::EnterAsyncContext { manager } => {
            machine.count("enter_async_context AsyncExitStack");
            let object = match machine.get(manager)? {
                object if object.is_manager() => object,
                _ => return Err(does_not_fit(manager)),
            };
            leaf_of(machine, "", stack.enter_async_context(Managed(object)), Ok)
        }
        Awaited::Aclose => {
            machine.count("aclose AsyncExitStack");
            leaf_of(machine, "", stack.aclose(), |()| Ok(Value::None))
        }
        _ => return Ok(None),
    }))
}

/// What a stack of exits that do not await does.
///
/// # Errors
/// What entering and leaving raise.
pub fn of_plain(machine: &Rc<Machine>, stack: &ExitStack, method: &Method) -> Result<Done> {
    let running = machine.clone();
    Ok(Some(match method {
        Method::EnterContext { manager } => {
            ("enter_context", stack.enter_context(Plain::named(machine, manager)?)?)
        }
        Method::Push { callback } => {
            let callback = callback.clone();
            stack.push(move |error| told_at_once(&running, &callback, error));
            ("push", Value::None)
        }
        Method::Callback { callback } => {
            let callback = callback.clone();
            stack.callback(move || call_back(&running, &callback));
            ("callback", Value::None)
        }
        Method::PopAll => ("pop_all", Value::PlainStack(stack.pop_all())),
        Method::Close => {
            stack.close()?;
            ("close", Value::None)
        }
        _ => return Ok(None),
    }))
}

/// What a stack does at once.
///
/// # Errors
/// What entering raises.
pub fn at_once(machine: &Rc<Machine>, stack: &AsyncExitStack, method: &Method) -> Result<Done> {
    let calling = |coro: &Name| Calling { machine: machine.clone(), coro: coro.clone() };
    let running = machine.clone();
    Ok(Some(match method {
        Method::EnterContext { manager } => {
            ("enter_context", stack.enter_context(Plain::named(machine, manager)?)?)
        }
        Method::PushAsyncExit { coro } => {
            let calling = calling(coro);
            stack.push_async_exit(move |error| told(&calling, error));
            ("push_async_exit", Value::None)
        }
        Method::PushAsyncCallback { coro } => {
            let coro = coro.clone();
            stack.push_async_callback(move || {
                match call(&running, &coro).to_await(&Scope::open(None)) {
                    Ok(coro) => coro.wrap(async |body| body.await.map(drop)),
                    Err(error) => Coro::anonymous(async move { Err(error) }),
                }
            });
            ("push_async_callback", Value::None)
        }
        Method::Push { callback } => {
            let callback = callback.clone();
            stack.push(move |error| told_at_once(&running, &callback, error));
            ("push", Value::None)
        }
        Method::Callback { callback } => {
            let callback = callback.clone();
            stack.callback(move || call_back(&running, &callback));
            ("callback", Value::None)
        }
        Method::PopAll => ("pop_all", Value::Stack(stack.pop_all())),
        _ => return Ok(None),
    }))
}
