//! Loops over what is done one after another.

use std::rc::Rc;

use asyncio::{Result, as_completed};

use super::body::{Flow, run};
use super::build::{build_all, leaf_of};
use super::generator::Generator;
use super::holding::Holding;
use super::leaf::Leaf;
use super::machine::{Machine, does_not_fit};
use super::operand::Operand;
use super::operation::unless_left;
use super::scope::Scope;
use super::value::{Calling, Value};
use crate::differential::language::{Awaitable, Body, Over, Statement};

/// What `for_completed` is given.
pub struct Completed<'a> {
    pub of: &'a [Awaitable],
    pub timeout: Option<f64>,
    pub asynchronous: bool,
}

/// `for … in as_completed(…)`, plain and `async`.
pub async fn for_completed(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    arguments: &Completed<'_>,
    body: &Body,
) -> Result<Flow> {
    let Completed { of, timeout, asynchronous } = arguments;
    machine.count(if *asynchronous { "for_completed async" } else { "for_completed" });
    let mut iterator = {
        let values = build_all(machine, of)?;
        let operands = Operand::all(&values, "for_completed child");
        drop(values);
        unless_left(Ok(as_completed(operands)))?
    };
    if let Some(seconds) = timeout {
        iterator = iterator.timeout(*seconds);
    }
    let frame = if *asynchronous { "for_completed async body" } else { "for_completed body" };
    let inside = scope.inside(frame);
    while machine.goes_on() {
        let next = if *asynchronous {
            let next = Leaf::new(machine, scope, "for_completed async", iterator.anext());
            next.await?.as_ref().map(Value::of_future)
        } else {
            iterator.next().map(|coro| leaf_of(machine, "await completed", coro, Ok))
        };
        let Some(value) = next else { break };
        keep(machine, statement, value);
        let result;
        (iterator, result) = Holding::new(iterator, run(machine, &inside, body)).await;
        match result? {
            Flow::Next | Flow::Continue => {}
            Flow::Break => break,
            flow => return Ok(flow),
        }
    }
    Ok(Flow::Next)
}

/// `async for`.
pub async fn async_for(
    machine: &Rc<Machine>,
    scope: &Rc<Scope>,
    statement: &Statement,
    over: &Over,
    body: &Body,
) -> Result<Flow> {
    let mut generator = match over {
        Over::New(name) => Each::Generator(Generator::new(machine, name)),
        Over::Kept(name) => match machine.get(name)? {
            Value::Generator(generator) => Each::Generator(generator),
            Value::Iterator(calling) => Each::Iterator(calling),
            _ => return Err(does_not_fit(name)),
        },
    };
    machine.count_on("async_for", generator.kind());
    let inside = scope.inside("async_for body");
    while machine.goes_on() {
        let Some(value) = generator.next(machine, scope).await? else { break };
        keep(machine, statement, value);
        let result;
        (generator, result) = Holding::new(generator, run(machine, &inside, body)).await;
        match result? {
            Flow::Next | Flow::Continue => {}
            Flow::Break => break,
            flow => return Ok(flow),
        }
    }
    Ok(Flow::Next)
}

/// What `async for` goes through.
enum Each {
    Generator(Rc<Generator>),
    Iterator(Rc<Calling>),
}

impl Each {
    fn kind(&self) -> &'static str {
        match self {
            Self::Generator(_) => "Generator",
            Self::Iterator(_) => "Iterator",
        }
    }

    /// The next value; none at the end.
    async fn next(&self, machine: &Rc<Machine>, scope: &Rc<Scope>) -> Result<Option<Value>> {
        match self {
            Self::Generator(generator) => generator.next(machine, scope).await,
            Self::Iterator(calling) => {
                match calling.call().to_await(&scope.inside("call"))?.await {
                    Err(error) if error.is_a("StopAsyncIteration") => Ok(None),
                    value => value.map(Some),
                }
            }
        }
    }
}

/// Keeps what the loop has come to, or drops it.
fn keep(machine: &Machine, statement: &Statement, value: Value) {
    match &statement.to {
        Some(name) => machine.store(name, value),
        None => drop(value),
    }
}
