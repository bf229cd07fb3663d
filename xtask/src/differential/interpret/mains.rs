//! The synchronous part of a program: what runs its mains.

use std::rc::Rc;

use asyncio::{
    self, Coro, EventLoop, Result, Runner, at_exit, finishing, new_event_loop, set_network,
};

use super::body::{returned, run};
use super::coroutine::lasting;
use super::machine::Machine;
use super::operation;
use super::repr::{Repr, repr_error};
use super::scope::Scope;
use super::value::Value;
use crate::differential::language::{Action, Mode, Name};

/// Runs the mains as the program says, and drops its variables.
///
/// # Errors
/// None that a program could make.
pub async fn script(machine: Rc<Machine>) -> Result {
    machine.count(match machine.program.run {
        Mode::Run => "run run",
        Mode::Runner => "run runner",
        Mode::Loop => "run loop",
    });
    for (is_on, name) in [(machine.program.debug, "debug"), (machine.program.eager, "eager")] {
        if is_on {
            machine.count(name);
        }
    }
    let mains = machine.program.mains.clone();
    let begins = |n: usize| {
        if n + 1 == mains.len() {
            machine.begins_last();
        }
    };
    match machine.program.run {
        Mode::Run => {
            for (n, name) in mains.iter().enumerate() {
                begins(n);
                let runner = Runner::new();
                prepare(&machine, &runner.get_loop()?);
                let result = runner.run(main(&machine, name, n == 0)).await;
                let closed = finishing(&result, runner.close()).await;
                ended(&format!("main {name}"), &closed.and(result));
            }
        }
        Mode::Runner => {
            let runner = Runner::new();
            prepare(&machine, &runner.get_loop()?);
            for (n, name) in mains.iter().enumerate() {
                begins(n);
                let result = runner.run(main(&machine, name, n == 0)).await;
                runner.get_loop()?.forget_traceback();
                ended(&format!("main {name}"), &result);
            }
            if let Err(error) = runner.close().await {
                ended("close", &Err(error));
            }
        }
        Mode::Loop => {
            let event_loop = new_event_loop()?;
            prepare(&machine, &event_loop);
            for (n, name) in mains.iter().enumerate() {
                begins(n);
                let result = event_loop.run_until_complete(main(&machine, name, n == 0)).await;
                event_loop.forget_traceback();
                ended(&format!("main {name}"), &result);
            }
            event_loop.close()?;
        }
    }
    machine.closed();
    // Threads first come to their ends.
    at_exit(move || {
        machine.end();
        machine.delete_all();
    });
    Ok(())
}

/// Sets up a loop as the program wants it.
fn prepare(machine: &Machine, event_loop: &Rc<EventLoop>) {
    event_loop.set_debug(machine.program.debug);
    event_loop.set_eager_tasks(machine.program.eager);
    event_loop.set_closers_value(Value::None);
}

/// One of the mains; the first makes the objects.
fn main(machine: &Rc<Machine>, name: &Name, is_first: bool) -> Coro<Value> {
    let body = machine.program.coroutines.get(name).cloned().unwrap_or_else(|| Rc::from([]));
    let machine = machine.clone();
    Coro::new(lasting(name), async move {
        let scope = Scope::root("main");
        if is_first && let Some(network) = &machine.program.network {
            set_network(network.clone());
        }
        if is_first {
            for object in machine.program.objects.iter() {
                let Action::Do(new) = &object.action else { continue };
                machine.ended(object, operation::run(&machine, new))?;
            }
        }
        run(&machine, &scope, &body).await.map(returned).map_err(super::build::left_coroutine)
    })
}

/// Writes how a main ended.
fn ended(label: &str, result: &Result<Value>) {
    match result {
        Ok(value) => asyncio::print(format_args!("{label} -> {}", Repr(value))),
        Err(error) => asyncio::print(format_args!("{label} !! {}", repr_error(error))),
    }
}
