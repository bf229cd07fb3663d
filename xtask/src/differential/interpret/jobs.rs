//! Jobs in threads and processes.

use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use asyncio::{
    self, Pool, Result, Thread, call_soon_threadsafe, get_running_loop, run_coroutine_threadsafe,
    set_default_executor,
};

use super::body::call_back;
use super::build::{call, leaf_of};
use super::coroutine::ToRun;
use super::machine::{Machine, does_not_fit, error};
use super::method::Done;
use super::repr::{Repr, repr_error};
use super::scope::Scope;
use super::value::{Processes, Value};
use crate::differential::language::{Job, JobAction, JobStatement, Method, Name};

/// `asyncio.to_thread`.
pub fn to_thread(machine: &Rc<Machine>, job: &Name) -> Value {
    machine.count("to_thread");
    let (running, job) = (machine.clone(), self::job(machine, job));
    let coro = asyncio::to_thread(move |thread| run(running, job, thread));
    let owner = machine.clone();
    let coro = coro.wrap(|body| async move {
        default_pool(&owner)?;
        body.await
    });
    leaf_of(machine, "to_thread", coro, Ok)
}

/// `loop.run_in_executor`.
///
/// # Errors
/// What it raises at once.
pub fn run_in_executor(machine: &Rc<Machine>, job: &Name, on: Option<&Name>) -> Result<Value> {
    let pool = match on {
        None => None,
        Some(on) => match machine.get(on)? {
            Value::Pool(pool, processes) => Some((pool, processes)),
            _ => return Err(does_not_fit(on)),
        },
    };
    get_running_loop()?;
    machine.count(&executor_name(machine, on));
    let (running, name) = (machine.clone(), job);
    let job = self::job(machine, name);
    let fits = |statement: &JobStatement| statement.action.fits_process();
    if let Some((_, Processes(true))) = pool
        && !job.iter().all(fits)
    {
        return Err(does_not_fit(name));
    }
    if pool.is_none() {
        default_pool(machine)?;
    }
    let pool = pool.as_ref().map(|(pool, _)| pool);
    let future = asyncio::run_in_executor(pool, move |thread| run(running, job, thread))?;
    Ok(Value::of_future(&future))
}

/// `run_in_executor` as it is counted, with the sort of the pool.
pub fn executor_name(machine: &Machine, on: Option<&Name>) -> String {
    match on.map(|on| machine.get(on)) {
        Some(Ok(pool)) => format!("run_in_executor {}", pool.kind()),
        _ => "run_in_executor".to_owned(),
    }
}

/// What a pool does at once.
pub fn of_pool(pool: &Pool, method: &Method) -> Result<Done> {
    let Method::Shutdown { .. } = method else { return Ok(None) };
    // Without waiting nothing suspends it in the loop.
    let mut shutting_down = pin!(pool.shutdown(false, false));
    match shutting_down.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result?,
        Poll::Pending => {}
    }
    Ok(Some(("shutdown", Value::None)))
}

/// Makes the default pool when it is first asked for, with as many threads as the program says.
fn default_pool(machine: &Machine) -> Result {
    if !machine.pooled.get() {
        set_default_executor(&Pool::threads(machine.program.workers)?)?;
        machine.pooled.set(true);
    }
    Ok(())
}

fn job(machine: &Machine, name: &Name) -> Job {
    machine.program.jobs.get(name).cloned().unwrap_or_else(|| Rc::from([]))
}

/// Runs a job in its thread.
async fn run(machine: Rc<Machine>, job: Job, thread: Thread) -> Result<Value> {
    for statement in job.iter() {
        let result = match &statement.action {
            JobAction::Return { value } => {
                machine.count("job return");
                return machine.value(value);
            }
            JobAction::Submit { coro } => {
                machine.count("job submit");
                submit(&machine, coro)
            }
            JobAction::Result { on, timeout } => {
                machine.count("job result");
                match machine.get(on) {
                    Ok(Value::Submitted(future)) => future.result(*timeout).await,
                    Ok(_) => Err(does_not_fit(on)),
                    Err(error) => Err(error),
                }
            }
            JobAction::Cancel { on } => {
                machine.count("job cancel");
                match machine.get(on) {
                    Ok(Value::Submitted(future)) => Ok(Value::Bool(future.cancel())),
                    Ok(_) => Err(does_not_fit(on)),
                    Err(error) => Err(error),
                }
            }
            silent => {
                run_silent(&machine, silent, &thread).await?;
                continue;
            }
        };
        ended(&machine, statement, result)?;
    }
    Ok(Value::None)
}

/// The statements of jobs that write no line of their own.
async fn run_silent(machine: &Rc<Machine>, action: &JobAction, thread: &Thread) -> Result {
    match action {
        JobAction::Sleep { delay } => {
            machine.count("job sleep");
            thread.sleep(*delay).await
        }
        JobAction::Cpu { seconds } => {
            machine.count("job cpu");
            thread.cpu(*seconds).await
        }
        JobAction::Print { text } => {
            machine.count("job print");
            asyncio::print(text);
            Ok(())
        }
        JobAction::Raise { error: spec } => {
            machine.count("job raise");
            Err(error(spec))
        }
        JobAction::CallSoonThreadsafe { callback } => {
            machine.count("job call_soon_threadsafe");
            let (machine, callback) = (machine.clone(), callback.clone());
            call_soon_threadsafe(move || call_back(&machine, &callback)).map(drop)
        }
        _ => Ok(()),
    }
}

/// `asyncio.run_coroutine_threadsafe`.
fn submit(machine: &Rc<Machine>, name: &Name) -> Result<Value> {
    Ok(Value::Submitted(match call(machine, name).to_run(&Scope::root("submitted")) {
        ToRun::First(coro) => run_coroutine_threadsafe(coro)?,
        ToRun::Again(steps) => run_coroutine_threadsafe(steps)?,
    }))
}

/// Says how a statement ended, having kept its value.
fn ended(machine: &Machine, statement: &JobStatement, result: Result<Value>) -> Result {
    let JobStatement { label, to, quiet, .. } = statement;
    match &result {
        Ok(value) => {
            if let Some(name) = to {
                machine.store(name, value.clone());
            }
            if !quiet {
                asyncio::print(format_args!("{label} -> {}", Repr(value)));
            }
        }
        Err(error) if !quiet => {
            asyncio::print(format_args!("{label} !! {}", repr_error(error)));
        }
        Err(_) => {}
    }
    result.map(drop)
}
