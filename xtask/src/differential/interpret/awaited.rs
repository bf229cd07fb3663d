//! The operations of objects that are awaited.

use std::cell::RefCell;
use std::rc::Rc;

use asyncio::{Condition, Coro, Queue, Result, Server};

use super::build::leaf_of;
use super::exits;
use super::machine::{Machine, does_not_fit};
use super::streams::Stream;
use super::value::Value;
use crate::differential::language::{Awaited, Name};

/// The coroutine of an operation.
///
/// # Errors
/// What Python raises for the expression.
pub fn build(machine: &Rc<Machine>, on: &Name, method: &Awaited) -> Result<Value> {
    let object = machine.get(on)?;
    let called = Called { machine, kind: object.kind() };
    let awaitable = match &object {
        Value::Generator(generator) => generator.call(machine, method)?,
        Value::Iterator(calling) if matches!(method, Awaited::Anext) => {
            machine.count("anext Iterator");
            Some(Value::Coroutine(calling.call()))
        }
        Value::Stack(stack) => exits::awaited(machine, stack, method)?,
        Value::Condition(condition) => called.condition(condition, method),
        Value::Stream(stream) => called.stream(stream, method),
        Value::Server(server) => called.server(server, method),
        _ => match object.as_queue() {
            Some(queue) => called.queue(queue, method)?,
            None => called.other(&object, method),
        },
    };
    awaitable.ok_or_else(|| does_not_fit(on))
}

/// An operation that is called on an object of a sort.
struct Called<'a> {
    machine: &'a Rc<Machine>,
    kind: &'static str,
}

impl Called<'_> {
    /// The coroutine of the operation `name`, whose value is `value` of what it gives.
    fn with<T: 'static>(
        &self,
        name: &str,
        coro: Coro<T>,
        value: impl FnOnce(T) -> Result<Value> + 'static,
    ) -> Value {
        let name = format!("{name} {}", self.kind);
        self.machine.count(&name);
        leaf_of(self.machine, name, coro, value)
    }

    fn of<T: Into<Value> + 'static>(&self, name: &str, coro: Coro<T>) -> Value {
        self.with(name, coro, |value| Ok(value.into()))
    }

    fn condition(&self, condition: &Condition, method: &Awaited) -> Option<Value> {
        Some(match method {
            Awaited::Acquire => self.of("acquire", condition.acquire()),
            Awaited::Wait => self.of("wait", condition.wait()),
            Awaited::WaitUntil { name, at_least } => {
                let (machine, name, at_least) = (self.machine.clone(), name.clone(), *at_least);
                // What the predicate raises ends the waiting.
                let raised = Rc::new(RefCell::new(None));
                let raising = raised.clone();
                let waiting = condition.wait_for(move || match machine.number(&name) {
                    Ok(number) => number >= at_least,
                    Err(error) => {
                        *raising.borrow_mut() = Some(error);
                        true
                    }
                });
                self.with("wait_until", waiting, move |ended| match raised.take() {
                    Some(error) => Err(error),
                    None => Ok(ended.into()),
                })
            }
            _ => return None,
        })
    }

    fn stream(&self, stream: &Stream, method: &Awaited) -> Option<Value> {
        let Stream { reader, writer } = stream;
        let bytes = |bytes: Vec<u8>| Ok(Value::Bytes(bytes.into()));
        Some(match method {
            Awaited::Read { n } => self.with("read", reader.read(*n), bytes),
            Awaited::Readline => self.with("readline", reader.readline(), bytes),
            Awaited::Readexactly { n } => self.with("readexactly", reader.readexactly(*n), bytes),
            Awaited::Readuntil { separator } => {
                let separators = separator.0.iter().map(|text| text.as_bytes());
                self.with("readuntil", reader.readuntil_any(separators), bytes)
            }
            Awaited::Drain => self.of("drain", writer.drain()),
            Awaited::WaitClosed => self.of("wait_closed", writer.wait_closed()),
            _ => return None,
        })
    }

    fn server(&self, server: &Server, method: &Awaited) -> Option<Value> {
        Some(match method {
            Awaited::WaitClosed => self.of("wait_closed", server.wait_closed()),
            Awaited::ServeForever => self.of("serve_forever", server.serve_forever()),
            _ => return None,
        })
    }

    fn queue(&self, queue: &Queue<Value>, method: &Awaited) -> Result<Option<Value>> {
        Ok(Some(match method {
            Awaited::Put { item } => self.of("put", queue.put(self.machine.value(item)?)),
            Awaited::Get => self.of("get", queue.get()),
            Awaited::Join => self.of("join", queue.join()),
            _ => return Ok(None),
        }))
    }

    fn other(&self, object: &Value, method: &Awaited) -> Option<Value> {
        let acquired = |()| Ok(Value::Bool(true));
        Some(match (method, object) {
            (Awaited::Acquire, Value::Lock(lock)) => self.of("acquire", lock.acquire()),
            (Awaited::Acquire, Value::Semaphore(semaphore)) => {
                self.with("acquire", semaphore.acquire(), acquired)
            }
            (Awaited::Acquire, Value::BoundedSemaphore(semaphore)) => {
                self.with("acquire", semaphore.acquire(), acquired)
            }
            (Awaited::Wait, Value::Event(event)) => self.of("wait", event.wait()),
            (Awaited::Wait, Value::Barrier(barrier)) => {
                self.with("wait", barrier.wait(), |place| Ok(Value::Int(place as i64)))
            }
            (Awaited::Reset, Value::Barrier(barrier)) => self.of("reset", barrier.reset()),
            (Awaited::Abort, Value::Barrier(barrier)) => self.of("abort", barrier.abort()),
            _ => return None,
        })
    }
}

impl From<()> for Value {
    fn from((): ()) -> Self {
        Self::None
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}
