//! Operations that do not await.

use std::rc::Rc;

use asyncio::{
    self, AsyncExitStack, Awaitable as _, Barrier, BoundedSemaphore, Condition, Context, Error,
    Event, Exception, ExitStack, LifoQueue, Lock, Pool, PriorityQueue, Queue, Result, Semaphore,
    Task, TaskGroup, TaskOptions, all_tasks, call_soon_threadsafe, call_soon_threadsafe_in,
    create_future, create_task_with, current_task, get_running_loop,
};

use super::body::call_back;
use super::build::build;
use super::coroutine::{Sort, ToRun};
use super::generator::Generator;
use super::machine::{Machine, does_not_fit};
use super::operand::Operand;
use super::repr::Repr;
use super::scope::Scope;
use super::value::{Calling, Manager, PlainManager, Processes, Timer, Value};
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
            get_running_loop()?;
            Value::Future(create_future())
        }
        Operation::Coroutine { what } => {
            machine.count("coroutine");
            build(machine, what)?
        }
        Operation::CreateTask { what, name, eager, on, context } => {
            let group = match on {
                None => None,
                Some(on) => match machine.get(on)? {
                    Value::TaskGroup(group) => Some(group),
                    _ => return Err(does_not_fit(on)),
                },
            };
            if *eager && group.is_none() {
                get_running_loop()?;
            }
            let what = build(machine, what)?;
            let context = within(machine, context.as_ref())?;
            let options = TaskOptions { name: name.clone(), context, eager: *eager };
            create(machine, &what, options, group)?
        }
        Operation::EnsureFuture { what } => {
            machine.count("ensure_future");
            let what = build(machine, what)?;
            get_running_loop()?;
            let operand = Operand::of(&what, "task");
            drop(what);
            Value::of_future(&operand.ensure_future())
        }
        Operation::CallSoon { callback, context } => {
            get_running_loop()?;
            let context = counted(machine, "call_soon", context.as_ref())?;
            let (machine, callback) = (machine.clone(), callback.clone());
            let call = move || call_back(&machine, &callback);
            let handle = match context {
                None => asyncio::call_soon(call),
                Some(context) => get_running_loop()?.call_soon_in(context, call),
            };
            Value::Handle(handle, None)
        }
        Operation::CallSoonThreadsafe { callback, context } => {
            get_running_loop()?;
            let context = counted(machine, "call_soon_threadsafe", context.as_ref())?;
            let (machine, callback) = (machine.clone(), callback.clone());
            let call = move || call_back(&machine, &callback);
            let handle = match context {
                None => call_soon_threadsafe(call),
                Some(context) => call_soon_threadsafe_in(context, call),
            };
            Value::Handle(handle?, None)
        }
        Operation::CallLater { callback, delay, context } => {
            get_running_loop()?;
            let context = counted(machine, "call_later", context.as_ref())?;
            call_at(machine, callback, asyncio::time() + delay, context)?
        }
        Operation::CallAt { callback, when, context } => {
            get_running_loop()?;
            let context = counted(machine, "call_at", context.as_ref())?;
            call_at(machine, callback, *when, context)?
        }
        Operation::Time => {
            machine.count("time");
            get_running_loop()?;
            Value::Float(asyncio::time())
        }
        Operation::CurrentTask => {
            machine.count("current_task");
            get_running_loop()?;
            current_task().map_or(Value::None, Value::of_task)
        }
        Operation::AllTasks => {
            machine.count("all_tasks");
            get_running_loop()?;
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
        Operation::GetExceptionHandler => {
            machine.count("get_exception_handler");
            handler::get(machine)?
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
        Operation::Manager { coro, enter } => {
            machine.count(if enter.is_some() { "manager enter" } else { "manager" });
            let calling = |coro: &Name| Calling { machine: machine.clone(), coro: coro.clone() };
            let (leave, enter) = (calling(coro), enter.as_ref().map(calling));
            Value::Manager(Rc::new(Manager { leave, enter }))
        }
        Operation::PlainManager { callback, enter } => {
            machine.count(if enter.is_some() { "plain_manager enter" } else { "plain_manager" });
            let (machine, leave) = (machine.clone(), callback.clone());
            Value::PlainManager(Rc::new(PlainManager { machine, leave, enter: enter.clone() }))
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

fn call_at(
    machine: &Rc<Machine>,
    callback: &Name,
    when: f64,
    context: Option<Context>,
) -> Result<Value> {
    let timer = Timer { when, callback: callback.clone() };
    let (machine, callback) = (machine.clone(), callback.clone());
    let call = move || call_back(&machine, &callback);
    let handle = match context {
        None => asyncio::call_at(when, call),
        Some(context) => get_running_loop()?.call_at_in(when, context, call),
    };
    Ok(Value::Handle(handle, Some(timer)))
}

/// The context that a field names.
///
/// # Errors
/// `NameError` and `TypeError` where it names none.
pub fn within(machine: &Machine, name: Option<&Name>) -> Result<Option<Context>> {
    let Some(name) = name else { return Ok(None) };
    match machine.get(name)? {
        Value::Context(context) => Ok(Some(context)),
        _ => Err(does_not_fit(name)),
    }
}

/// The same of an operation that is counted, with a context and without.
fn counted(machine: &Machine, operation: &str, name: Option<&Name>) -> Result<Option<Context>> {
    match name {
        None => machine.count(operation),
        Some(_) => machine.count_on(operation, "context"),
    }
    within(machine, name)
}

/// `new`.
fn make(machine: &Machine, new: &New) -> Result<Value> {
    machine.count_on("new", &format!("{:?}", new.kind));
    let value = new.value.map(|value| i64::try_from(value).unwrap_or(i64::MAX));
    if matches!(new.kind, Kind::Timeout | Kind::ThreadPool | Kind::ProcessPool) {
        get_running_loop()?;
    }
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
        Kind::AsyncExitStack => Value::Stack(AsyncExitStack::new()),
        Kind::ExitStack => Value::PlainStack(ExitStack::new()),
        Kind::ProcessPool => Value::Pool(Pool::processes(new.value.unwrap_or(1))?, Processes(true)),
    })
}

/// `create_task`, of a TaskGroup if one is given.
fn create(
    machine: &Machine,
    what: &Value,
    options: TaskOptions,
    group: Option<TaskGroup>,
) -> Result<Value> {
    let eager = options.eager;
    let (operation, root) = match (&group, eager) {
        (Some(_), _) => ("create_task TaskGroup", "task_group child"),
        (None, true) => ("create_task eager", "eager task"),
        (None, false) => ("create_task", "task"),
    };
    machine.count(operation);
    if options.context.is_some() {
        machine.count("create_task context");
    }
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
    if let (Some(context), false) = (&options.context, refuses)
        && (eager || machine.program.eager)
    {
        // Nothing may run in it: see the oracle's loop.
        context.run(|| ())?;
    }
    if group.is_none() {
        get_running_loop()?;
    }
    let root = Scope::root(root);
    Ok(Value::Task(match coroutine.to_run(&root) {
        ToRun::First(coro) => {
            if refuses && coroutine.sort() == Sort::Function {
                coroutine.close()?;
            }
            start(coro, options, group)?
        }
        ToRun::Again(steps) => {
            if refuses {
                coroutine.close()?;
            }
            start(steps, options, group)?
        }
    }))
}

/// Starts a task.
fn start(
    coroutine: impl Future<Output = Result<Value>> + 'static,
    options: TaskOptions,
    group: Option<TaskGroup>,
) -> Result<Task<Value>> {
    match group {
        Some(group) => group.create_task_with(coroutine, options),
        None => Ok(create_task_with(coroutine, options)),
    }
}
