//! What is handed to `gather`, `wait_for` and the like.

use std::cell::OnceCell;
use std::future::{Future as StdFuture, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;

use asyncio::{Awaitable, Coro, Error, Future, Result, Task, create_future, create_task};

use super::coroutine::{Coroutine, ToRun};
use super::scope::Scope;
use super::value::Value;

/// An awaitable that is going to be made a task, or a future.
pub enum Operand {
    Future(Future<Value>),
    Coroutine(Coro<Value>, Option<Twin>),
    /// A coroutine that somebody has already.
    Again(Coro<Value>, Option<Twin>),
    /// A coroutine that is an operand before: the same task.
    Twin(Twin),
    /// Awaiting it raises.
    Raising(Error),
}

/// The task of a coroutine that is there more than once.
type Twin = Rc<OnceCell<Future<Value>>>;

impl Operand {
    /// An awaitable that is to be a task whose code has `root` around it.
    pub fn of(value: &Value, root: &'static str) -> Self {
        match value {
            Value::Task(task) => Self::Future(Future::clone(task)),
            Value::Future(future) => Self::Future(future.clone()),
            Value::Coroutine(coroutine) => match coroutine.to_run(&Scope::root(root)) {
                ToRun::First(coro) => Self::Coroutine(coro, None),
                ToRun::Again(steps) => Self::Again(steps, None),
            },
            Value::Awaitable(calling) => {
                let (place, calling) = (Scope::open(Some("await Coroutine")), calling.clone());
                let (scope, machine) = (place.clone(), calling.machine.clone());
                let wrapped = Coroutine::new(&machine, "_wrap_awaitable", scope, async move {
                    let coro = calling.call().to_await(&place)?;
                    drop(calling);
                    coro.await
                });
                match wrapped.to_run(&Scope::root(root)) {
                    ToRun::First(coro) => Self::Coroutine(coro, None),
                    ToRun::Again(steps) => Self::Again(steps, None),
                }
            }
            // `build` makes nothing else.
            _ => Self::Raising(Error::new("TypeError", "it cannot be awaited")),
        }
    }

    /// A coroutine that is to be awaited in the task that runs, with `outer` around its code.
    pub fn in_place(coroutine: &Coroutine, outer: &Rc<Scope>) -> Self {
        match coroutine.to_await(outer) {
            Ok(coro) => Self::Coroutine(coro, None),
            Err(error) => Self::Raising(error),
        }
    }

    /// Awaitables as [`Operand::of`] has them, where a coroutine that is there twice gets one task.
    pub fn all(values: &[Value], root: &'static str) -> Vec<Self> {
        let mut known: Vec<(&Value, Twin)> = Vec::new();
        let operands = values.iter().map(|value| {
            if !matches!(value, Value::Coroutine(_) | Value::Awaitable(_)) {
                return Self::of(value, root);
            }
            if let Some((_, twin)) = known.iter().find(|(other, _)| other.is(value)) {
                return Self::Twin(twin.clone());
            }
            let twin = Twin::default();
            known.push((value, twin.clone()));
            match Self::of(value, root) {
                Self::Coroutine(coro, _) => Self::Coroutine(coro, Some(twin)),
                Self::Again(steps, _) => Self::Again(steps, Some(twin)),
                other => other,
            }
        });
        operands.collect()
    }
}

impl IntoFuture for Operand {
    type Output = Result<Value>;
    type IntoFuture = Pin<Box<dyn StdFuture<Output = Result<Value>>>>;

    fn into_future(self) -> Self::IntoFuture {
        match self {
            Self::Future(future) => Box::pin(future.into_future()),
            Self::Coroutine(coro, _) => Box::pin(coro),
            Self::Again(steps, _) => Box::pin(steps),
            Self::Twin(twin) => Box::pin(of_twin(&twin).into_future()),
            Self::Raising(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

impl Awaitable<Value> for Operand {
    fn ensure_future(self) -> Future<Value> {
        match self {
            Self::Future(future) => future,
            Self::Coroutine(coro, twin) => known_to(twin, create_task(coro)),
            Self::Again(steps, twin) => known_to(twin, create_task(steps)),
            Self::Twin(twin) => of_twin(&twin),
            Self::Raising(error) => Future::clone(&create_task(async move { Err(error) })),
        }
    }

    fn is_future(&self) -> bool {
        matches!(self, Self::Future(_) | Self::Twin(_))
    }
}

/// A task as a future, which those that come after find.
fn known_to(twin: Option<Twin>, task: Task<Value>) -> Future<Value> {
    if let Some(twin) = twin {
        twin.get_or_init(|| Future::clone(&task));
    }
    Future::clone(&task)
}

/// The task of the operand that came before.
fn of_twin(twin: &Twin) -> Future<Value> {
    twin.get().cloned().unwrap_or_else(create_future)
}
