//! The operations of objects that are done at once.

use std::rc::Rc;

use asyncio::{Error, Future, Queue, Result, Task, Timeout, time};

use super::body::call_back;
use super::machine::{Machine, does_not_fit, error};
use super::operation::within;
use super::repr::chain;
use super::value::{List, Value};
use super::{exits, jobs, streams, variables};
use crate::differential::language::{Method, Name};

/// Does an operation; its value.
///
/// # Errors
/// What it raises.
pub fn run(machine: &Rc<Machine>, on: &Name, method: &Method) -> Result<Value> {
    let object = machine.get(on)?;
    let kind = object.kind();
    let value = match &object {
        Value::Task(task) => match of_task(task, method) {
            Some(value) => Some(value),
            None => of_future(machine, task, method)?,
        },
        Value::Future(future) => of_future(machine, future, method)?,
        Value::Timeout(timeout) => of_timeout(timeout, method)?,
        Value::Stream(stream) => streams::of_stream(machine, stream, method)?,
        Value::Server(server) => streams::of_server(server, method),
        Value::Pool(pool, _) => jobs::of_pool(pool, method)?,
        Value::ContextVar(variable) => variables::of_variable(machine, variable, method)?,
        Value::Error(error) => of_error(error, method),
        Value::Stack(stack) => exits::at_once(machine, stack, method)?,
        Value::PlainStack(stack) => exits::of_plain(machine, stack, method)?,
        Value::Context(context) => variables::of_context(machine, context, method)?,
        _ => match object.as_queue() {
            Some(queue) => of_queue(machine, queue, method)?,
            None => of_other(&object, method)?,
        },
    };
    let (operation, value) = value.ok_or_else(|| does_not_fit(on))?;
    machine.count_on(operation, kind);
    Ok(value)
}

/// The name of an operation and its value; none if the object has no such operation.
pub type Done = Option<(&'static str, Value)>;

fn of_task(task: &Task<Value>, method: &Method) -> Done {
    Some(match method {
        Method::Uncancel => ("uncancel", Value::Int(task.uncancel().into())),
        Method::Cancelling => ("cancelling", Value::Int(task.cancelling().into())),
        Method::GetName => ("get_name", Value::Text(task.name())),
        Method::SetName { name } => {
            task.set_name(name);
            ("set_name", Value::None)
        }
        _ => return None,
    })
}

fn of_future(machine: &Rc<Machine>, future: &Future<Value>, method: &Method) -> Result<Done> {
    let for_tasks = |operation: &str| {
        let text = format!("Task does not support {operation} operation");
        if Task::of(future).is_some() { Err(Error::new("RuntimeError", text)) } else { Ok(()) }
    };
    Ok(Some(match method {
        Method::Cancel { msg: None } => ("cancel", Value::Bool(future.cancel())),
        Method::Cancel { msg: Some(message) } => {
            ("cancel", Value::Bool(future.cancel_with(message)))
        }
        Method::Done => ("done", Value::Bool(future.done())),
        Method::Cancelled => ("cancelled", Value::Bool(future.cancelled())),
        Method::Result => ("result", future.result()?),
        Method::Exception => ("exception", Value::of_exception(future.exception()?)),
        Method::SetResult { value } => {
            let value = machine.value(value)?;
            for_tasks("set_result")?;
            future.set_result(value)?;
            ("set_result", Value::None)
        }
        Method::SetException { error: spec } => {
            for_tasks("set_exception")?;
            future.set_exception(error(spec))?;
            ("set_exception", Value::None)
        }
        Method::AddDoneCallback { callback, context } => {
            let context = within(machine, context.as_ref())?;
            let (calling, name) = (machine.clone(), callback.clone());
            let done: Name = "done".into();
            let call = move |future: &Future<Value>| {
                calling.store(&done, Value::of_future(future));
                call_back(&calling, &name)
            };
            let id = match context {
                None => future.add_done_callback(call),
                Some(context) => future.add_done_callback_in(context, call),
            };
            machine.remember(callback, id);
            ("add_done_callback", Value::None)
        }
        Method::RemoveDoneCallback { callback } => {
            let ids = machine.remembered(callback).into_iter();
            let removed: usize = ids.map(|id| future.remove_done_callback(id)).sum();
            ("remove_done_callback", Value::Int(removed as i64))
        }
        _ => return Ok(None),
    }))
}

fn of_error(error: &Error, method: &Method) -> Done {
    Some(match method {
        Method::Chain => {
            let mut texts = List::default();
            chain(error).into_iter().for_each(|text| texts.push(Value::Text(text.into())));
            ("chain", Value::List(Rc::new(texts)))
        }
        Method::Cause => ("__cause__", Value::of_exception(error.cause())),
        Method::Context => ("__context__", Value::of_exception(error.context())),
        Method::SuppressContext => {
            ("__suppress_context__", Value::Bool(error.suppresses_context()))
        }
        _ => return None,
    })
}

fn of_timeout(timeout: &Timeout, method: &Method) -> Result<Done> {
    Ok(Some(match method {
        Method::When => ("when", timeout.when().map_or(Value::None, Value::Float)),
        Method::Expired => ("expired", Value::Bool(timeout.expired())),
        Method::Reschedule { when } => {
            timeout.reschedule(when.map(|seconds| time() + seconds))?;
            ("reschedule", Value::None)
        }
        _ => return Ok(None),
    }))
}

fn of_queue(machine: &Machine, queue: &Queue<Value>, method: &Method) -> Result<Done> {
    Ok(Some(match method {
        Method::PutNowait { item } => {
            queue.put_nowait(machine.value(item)?)?;
            ("put_nowait", Value::None)
        }
        Method::GetNowait => ("get_nowait", queue.get_nowait()?),
        Method::TaskDone => {
            queue.task_done()?;
            ("task_done", Value::None)
        }
        Method::Qsize => ("qsize", Value::Int(queue.qsize() as i64)),
        Method::Empty => ("empty", Value::Bool(queue.empty())),
        Method::Full => ("full", Value::Bool(queue.full())),
        Method::Shutdown { immediate } => {
            queue.shutdown(*immediate)?;
            ("shutdown", Value::None)
        }
        _ => return Ok(None),
    }))
}

fn of_other(object: &Value, method: &Method) -> Result<Done> {
    Ok(Some(match (method, object) {
        (Method::Cancel { msg: None }, Value::Handle(handle, _)) => {
            handle.cancel();
            ("cancel", Value::None)
        }
        (Method::When, Value::Handle(_, Some(timer))) => ("when", Value::Float(timer.when)),
        (Method::Release, Value::Lock(lock)) => {
            lock.release()?;
            ("release", Value::None)
        }
        (Method::Release, Value::Condition(condition)) => {
            condition.release()?;
            ("release", Value::None)
        }
        (Method::Release, Value::Semaphore(semaphore)) => {
            semaphore.release();
            ("release", Value::None)
        }
        (Method::Release, Value::BoundedSemaphore(semaphore)) => {
            semaphore.release()?;
            ("release", Value::None)
        }
        (Method::Locked, Value::Lock(lock)) => ("locked", Value::Bool(lock.locked())),
        (Method::Locked, Value::Condition(condition)) => {
            ("locked", Value::Bool(condition.locked()))
        }
        (Method::Locked, Value::Semaphore(semaphore)) => {
            ("locked", Value::Bool(semaphore.locked()))
        }
        (Method::Locked, Value::BoundedSemaphore(semaphore)) => {
            ("locked", Value::Bool(semaphore.locked()))
        }
        (Method::Set, Value::Event(event)) => {
            event.set();
            ("set", Value::None)
        }
        (Method::Clear, Value::Event(event)) => {
            event.clear();
            ("clear", Value::None)
        }
        (Method::IsSet, Value::Event(event)) => ("is_set", Value::Bool(event.is_set())),
        (Method::Notify { n }, Value::Condition(condition)) => {
            condition.notify(*n)?;
            ("notify", Value::None)
        }
        (Method::NotifyAll, Value::Condition(condition)) => {
            condition.notify_all()?;
            ("notify_all", Value::None)
        }
        (Method::NWaiting, Value::Barrier(barrier)) => {
            ("n_waiting", Value::Int(barrier.n_waiting() as i64))
        }
        (Method::Parties, Value::Barrier(barrier)) => {
            ("parties", Value::Int(barrier.parties() as i64))
        }
        (Method::Broken, Value::Barrier(barrier)) => ("broken", Value::Bool(barrier.broken())),
        _ => return Ok(None),
    }))
}
