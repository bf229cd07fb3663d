//! Operations that do not await.

use std::rc::Rc;

use asyncio::{
    self, Awaitable as _, Barrier, BoundedSemaphore, Condition, Error, Event, Exception, LifoQueue,
    Lock, Pool, PriorityQueue, Queue, Result, Semaphore, Task, TaskGroup, all_tasks,
    call_soon_threadsafe, create_eager_task, create_future, create_task, create_task_named,
    current_task, get_running_loop,
};

use super::body::call_back;
use super::build::build;
use super::coroutine::{Sort, ToRun};
use super::generator::Generator;
use super::machine::{Machine, does_not_fit};
use super::operand::Operand;
use super::repr::Repr;
use super::scope::Scope;
use super::value::{Calling, Processes, Timer, Value};
use super::{handler, method, random, variables};
use crate::differential::language::{Kind, Name, New, Operation};

/// As many seconds as CPython counts: 2^63 nanoseconds.
const LONGEST_SLEEP: f64 = 9_223_372_036.0;

/// Does an operation; its value.
///
/// # Errors
/// What it raises.
pub fn run(machine: &Rc<Machine>, operation: &Operation) -> Result<Value> {
    unless_left(perform(machine, operation))
}

/// A value, unless a task that it has started eagerly has raised what leaves the loop.
pub fn unless_left<T>(value: Result<T>) -> Result<T> {
    let left_by = get_running_loop().ok().and_then(|event_loop| event_loop.take_left_by());
    left_by.map_or(value, Err)
}

fn perform(machine: &Rc<Machine>, operation: &Operation) -> Result<Value> {
    Ok(match operation {
        Operation::New(new) => make(machine, new)?,
        Operation::Future => {
            machine.count("future");
            Value::Future(create_future())
        }
        Operation::Coroutine { what } => {
            machine.count("coroutine");
            build(machine, what)?
        }
        Operation::CreateTask { what, name, eager, on } => {
            let group = match on {
                None => None,
                Some(on) => match machine.get(on)? {
                    Value::TaskGroup(group) => Some(group),
                    _ => return Err(does_not_fit(on)),
                },
            };
            create(machine, &build(machine, what)?, name.as_deref(), *eager, group)?
        }
        Operation::EnsureFuture { what } => {
            machine.count("ensure_future");
            let operand = Operand::of(&build(machine, what)?, "task");
            Value::of_future(&operand.ensure_future())
        }
        Operation::CallSoon { callback } => {
            machine.count("call_soon");
            let (machine, callback) = (machine.clone(), callback.clone());
            Value::Handle(asyncio::call_soon(move || call_back(&machine, &callback)), None)
        }
        Operation::CallSoonThreadsafe { callback } => {
            machine.count("call_soon_threadsafe");
            let (machine, callback) = (machine.clone(), callback.clone());
            Value::Handle(call_soon_threadsafe(move || call_back(&machine, &callback))?, None)
        }
        Operation::CallLater { callback, delay } => {
            machine.count("call_later");
            call_at(machine, callback, asyncio::time() + delay)
        }
        Operation::CallAt { callback, when } => {
            machine.count("call_at");
            call_at(machine, callback, *when)
        }
        Operation::Time => {
            machine.count("time");
            Value::Float(asyncio::time())
        }
        Operation::CurrentTask => {
            machine.count("current_task");
            current_task().map_or(Value::None, Value::of_task)
        }
        Operation::AllTasks => {
            machine.count("all_tasks");
            let tasks = all_tasks();
            // Tasks that multiply, and list one another, would take for ever.
            machine.spend(tasks.len() / 8);
            Value::list(tasks.into_iter().map(Value::of_task))
        }
        Operation::Stop => {
            machine.count("stop");
            get_running_loop()?.stop();
            Value::None
        }
        Operation::TimeSleep { seconds } => {
            machine.count("time_sleep");
            if *seconds < 0.0 {
                return Err(Error::new("ValueError", "sleep length must be non-negative"));
            }
            if *seconds > LONGEST_SLEEP {
                let text = "timestamp out of range for platform time_t";
                return Err(Error::new("OverflowError", text));
            }
            asyncio::time_sleep(*seconds);
            Value::None
        }
        Operation::Assign { name, value } => {
            machine.count("assign");
            machine.store(name, machine.value(value)?);
            Value::None
        }
        Operation::Add { name, by } => {
            machine.count("add");
            let sum = machine.get(name)?.plus(&machine.value(by)?)?;
            machine.store(name, sum.ok_or_else(|| does_not_fit(name))?);
            Value::None
        }
        Operation::Del { name } => {
            machine.count("del");
            machine.delete(name)?;
            Value::None
        }
        Operation::Print { text } => {
            machine.count("print");
            asyncio::print(text);
            Value::None
        }
        Operation::Show { name } => {
            machine.count("show");
            let value = machine.get(name)?;
            asyncio::print(Repr(&value));
            Value::None
        }
        Operation::Method { on, method } => method::run(machine, on, method)?,
        Operation::ContextVar { name, default } => {
            machine.count("context_var");
            variables::make(machine, name, default)?
        }
        Operation::CopyContext => {
            machine.count("copy_context");
            Value::Context(asyncio::copy_context())
        }
        Operation::SetExceptionHandler { callback } => {
            machine.count("set_exception_handler");
            handler::set(machine, callback.as_ref())?;
            Value::None
        }
        Operation::CallExceptionHandler { text, error } => {
            machine.count("call_exception_handler");
            handler::call(text, error.as_ref())?;
            Value::None
        }
        Operation::Awaitable { coro } => {
            machine.count("awaitable");
            Value::Awaitable(calling(machine, coro))
        }
        Operation::Iterator { coro } => {
            machine.count("iterator");
            Value::Iterator(calling(machine, coro))
        }
        Operation::Generator { generator } => Value::Generator(Generator::new(machine, generator)),
        Operation::Random(call) => random::draw(machine, call)?,
    })
}

fn calling(machine: &Rc<Machine>, coro: &Name) -> Rc<Calling> {
    Rc::new(Calling { machine: machine.clone(), coro: coro.clone() })
}

fn call_at(machine: &Rc<Machine>, callback: &Name, when: f64) -> Value {
    let timer = Timer { when, callback: callback.clone() };
    let (machine, callback) = (machine.clone(), callback.clone());
    Value::Handle(asyncio::call_at(when, move || call_back(&machine, &callback)), Some(timer))
}

/// `new`.
fn make(machine: &Machine, new: &New) -> Result<Value> {
    machine.count_on("new", &format!("{:?}", new.kind));
    let value = new.value.map(|value| i64::try_from(value).unwrap_or(i64::MAX));
    Ok(match new.kind {
        Kind::Lock => Value::Lock(Lock::new()),
        Kind::Event => Value::Event(Event::new()),
        Kind::Condition => Value::Condition(match &new.lock {
            None => Condition::new(),
            Some(name) => match machine.get(name)? {
                Value::Lock(lock) => Condition::with_lock(&lock),
                _ => return Err(does_not_fit(name)),
            },
        }),
        Kind::Barrier => Value::Barrier(Barrier::new(value.unwrap_or(1))?),
        Kind::Semaphore => Value::Semaphore(Semaphore::try_new(value.unwrap_or(1))?),
        Kind::BoundedSemaphore => {
            Value::BoundedSemaphore(BoundedSemaphore::try_new(value.unwrap_or(1))?)
        }
        Kind::Queue => Value::Queue(Queue::new(value.unwrap_or(0))),
        Kind::LifoQueue => Value::LifoQueue(LifoQueue::new(value.unwrap_or(0))),
        Kind::PriorityQueue => {
            Value::PriorityQueue(PriorityQueue::ordered_by(value.unwrap_or(0), Value::less))
        }
        Kind::ThreadPool => Value::Pool(Pool::threads(new.value.unwrap_or(1))?, Processes(false)),
        Kind::Timeout => Value::Timeout(asyncio::timeout(new.value.map(|seconds| seconds as f64))),
        Kind::TaskGroup => Value::TaskGroup(TaskGroup::new()),
        Kind::ProcessPool => Value::Pool(Pool::processes(new.value.unwrap_or(1))?, Processes(true)),
    })
}

/// `create_task`, of a TaskGroup if one is given.
fn create(
    machine: &Machine,
    what: &Value,
    name: Option<&str>,
    eager: bool,
    group: Option<TaskGroup>,
) -> Result<Value> {
    let (operation, root) = match (&group, eager) {
        (Some(_), _) => ("create_task TaskGroup", "task_group child"),
        (None, true) => ("create_task eager", "eager task"),
        (None, false) => ("create_task", "task"),
    };
    machine.count(operation);
    // A group that takes no more tasks closes what it is given.
    let refuses = group.as_ref().is_some_and(|group| group.accepts().is_err());
    let Value::Coroutine(coroutine) = what else {
        if refuses {
            let text = format!("'{}' object has no attribute 'close'", what.type_name());
            // The error holds the object: its `obj`.
            let object = Rc::new(what.clone());
            let error = Error::from(Exception::with_payload("AttributeError", text, object));
            return Err(error.raised());
        }
        let text = format!("a coroutine was expected, got {}", Repr(what));
        return Err(Error::new("TypeError", text));
    };
    let (root, eager) = (Scope::root(root), eager);
    Ok(Value::Task(match coroutine.to_run(&root) {
        ToRun::First(coro) => {
            if refuses && coroutine.sort() == Sort::Function {
                coroutine.close()?;
            }
            start(coro, name, eager, group)?
        }
        ToRun::Again(steps) => {
            if refuses {
                coroutine.close()?;
            }
            start(steps, name, eager, group)?
        }
    }))
}

/// Starts a task.
fn start(
    coroutine: impl Future<Output = Result<Value>> + 'static,
    name: Option<&str>,
    eager: bool,
    group: Option<TaskGroup>,
) -> Result<Task<Value>> {
    match (group, name) {
        (Some(group), name) if eager => group.create_eager_task(coroutine, name),
        (Some(group), Some(name)) => group.create_task_named(coroutine, name),
        (Some(group), None) => group.create_task(coroutine),
        (None, name) if eager => Ok(create_eager_task(coroutine, name)),
        (None, Some(name)) => Ok(create_task_named(coroutine, name)),
        (None, None) => Ok(create_task(coroutine)),
    }
}
