//! Asynchronous generators.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use asyncio::{AsyncGenerator, Coro, Error, Result, Yielder, async_generator};

use super::body::run;
use super::coroutine::{Coroutine, lasting};
use super::leaf::Leaf;
use super::machine::{Machine, error};
use super::scope::Scope;
use super::value::Value;
use crate::differential::language::{Awaited, Name};

/// A generator of the program.
pub struct Generator {
    generator: AsyncGenerator<Value>,
    /// The place of its body: inside whatever goes on with it.
    scope: Rc<Scope>,
    sent: Rc<RefCell<Value>>,
    begun: Cell<bool>,
}

/// How the body of a generator gives values.
pub struct Yielding {
    yielder: Yielder<Value>,
    sent: Rc<RefCell<Value>>,
}

impl Yielding {
    /// `yield`; its value is what was sent.
    ///
    /// # Errors
    /// What is thrown in.
    pub async fn give(&self, value: Value) -> Result<Value> {
        self.yielder.yield_(value).await?;
        Ok(self.sent.replace(Value::None))
    }
}

impl Generator {
    /// A new one.
    pub fn new(machine: &Rc<Machine>, name: &Name) -> Rc<Self> {
        machine.count("generator");
        let body = machine.program.generators.get(name).cloned().unwrap_or_else(|| Rc::from([]));
        let sent = Rc::new(RefCell::new(Value::None));
        let scope = Scope::open(Some("generator body"));
        let (machine, outer, given) = (machine.clone(), scope.clone(), sent.clone());
        let generator = async_generator(lasting(name), async move |yielder| {
            let yielding = Rc::new(Yielding { yielder, sent: given });
            run(&machine, &outer.yielding(yielding), &body).await.map(drop)
        });
        Rc::new(Self { generator, scope, sent, begun: Cell::new(false) })
    }

    /// What calling a method gives; none if there is no such method.
    ///
    /// # Errors
    /// What the arguments raise.
    pub fn call(self: &Rc<Self>, machine: &Rc<Machine>, method: &Awaited) -> Result<Option<Value>> {
        let value =
            |given: Option<Value>| given.ok_or_else(|| Error::new("StopAsyncIteration", ""));
        Ok(Some(match method {
            Awaited::Anext => self.awaitable(machine, "anext", self.asend(Value::None), value),
            Awaited::Asend { value: sent } => {
                let sent = machine.value(sent)?;
                self.awaitable(machine, "asend", self.asend(sent), value)
            }
            Awaited::Athrow { error: spec } => {
                self.awaitable(machine, "athrow", self.generator.athrow(error(spec)), value)
            }
            Awaited::Aclose => {
                let closed = |()| Ok(Value::None);
                self.awaitable(machine, "aclose", self.generator.aclose(), closed)
            }
            _ => return Ok(None),
        }))
    }

    /// `asend`.
    fn asend(self: &Rc<Self>, sent: Value) -> Coro<Option<Value>> {
        let generator = self.clone();
        self.generator.asend_with(move || {
            let just_started = !generator.begun.get() && !generator.generator.ended();
            if just_started && !matches!(sent, Value::None) {
                let text = "can't send non-None value to a just-started async generator";
                return Err(Error::new("TypeError", text));
            }
            generator.begun.set(true);
            generator.sent.replace(sent);
            Ok(())
        })
    }

    fn awaitable<T: 'static>(
        self: &Rc<Self>,
        machine: &Rc<Machine>,
        operation: &'static str,
        method: Coro<T>,
        value: fn(T) -> Result<Value>,
    ) -> Value {
        machine.count_on(operation, "Generator");
        let scope = Scope::open(None);
        let (generator, place) = (self.clone(), scope.clone());
        Value::Coroutine(Coroutine::around(machine, method, Some(self.clone()), scope, |method| {
            let place_of_leaf = place.clone();
            let going = async move {
                let ended = generator.generator.ended();
                match generator.go_on(&place, method).await {
                    // Nothing is thrown into one that has ended.
                    Ok(_) if operation == "athrow" && ended => Ok(Value::None),
                    // Out of one that has not begun it comes as it was thrown in, and is a value.
                    Err(error) if error.is("StopIteration") => {
                        let text = error.to_string();
                        Ok(if text.is_empty() { Value::None } else { Value::Text(text.into()) })
                    }
                    result => value(result?),
                }
            };
            Leaf::new(machine, &place_of_leaf, format!("{operation} Generator"), going)
        }))
    }

    /// Lets other methods begin though one is being awaited.
    pub fn interrupt(&self) {
        self.generator.interrupt();
    }

    /// Whether its body has ended.
    pub fn ended(&self) -> bool {
        self.generator.ended()
    }

    /// What an `athrow` does that is awaited once more.
    pub async fn resumed(self: Rc<Self>) -> Result<Value> {
        match self.generator.resume().await {
            Ok(given) => given.ok_or_else(|| Error::new("StopAsyncIteration", "")),
            // There is nothing to go on with.
            Err(error) if error.is("StopIteration") => Ok(Value::None),
            Err(error) => Err(error),
        }
    }

    /// What `async for` does for each value; none at the end.
    ///
    /// # Errors
    /// What the body raises.
    pub async fn next(
        self: &Rc<Self>,
        machine: &Rc<Machine>,
        around: &Rc<Scope>,
    ) -> Result<Option<Value>> {
        let method = self.asend(Value::None);
        Leaf::new(machine, around, "async_for Generator", self.go_on(around, method)).await
    }

    /// Lets the body go on with `around` around it.
    async fn go_on<T>(
        &self,
        around: &Rc<Scope>,
        method: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        self.scope.within(around);
        let result = method.await;
        self.scope.nowhere();
        result
    }
}
