//! Runs programs on Coroscope's asyncio.

mod awaited;
mod awaiting;
mod body;
mod build;
mod comparing;
mod control;
mod coroutine;
mod exit;
mod generator;
mod handler;
mod holding;
mod jobs;
mod leaf;
mod loops;
mod machine;
mod mains;
mod managed;
mod method;
mod observe;
mod operand;
mod operation;
mod random;
mod repr;
mod scope;
mod streams;
mod value;
mod variables;

use std::panic::{AssertUnwindSafe, catch_unwind};

use asyncio::{Run, RunError, Status};
use executor::VirtualClock;
use trace::Trace;

use self::machine::Machine;
use super::coverage::Coverage;
use super::language::Program;
use super::run::Run as Observed;
use crate::conformance::observation::{Blocked, Failure};

/// Runs a program; what happened, and what of asyncio it has reached.
///
/// # Errors
/// The text of a panic.
pub fn interpret(program: &Program) -> Result<(Observed, Coverage), String> {
    catch_unwind(AssertUnwindSafe(|| run(program))).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("no text").to_owned()
    })
}

fn run(program: &Program) -> (Observed, Coverage) {
    let trace = Trace::on();
    let machine = Machine::new(program.clone(), &trace);
    let script = || mains::script(machine.clone());
    let mut run = Run::script(VirtualClock, trace.clone(), script).with_budget(crate::BUDGET);
    while !machine.is_cut_off() && run.step() != Status::Ended {}
    let error = match run.result() {
        None => Some(Failure::Limit),
        Some(result) => result.err().map(failure),
    };
    let seen = trace.with(|events| observe::observe(&machine, events));
    let makespan = run.time();
    drop(run);
    machine.delete_all();
    let run = Observed {
        log: seen.log,
        late: seen.late,
        tasks: seen.tasks,
        steps: seen.steps,
        suspensions: seen.suspensions,
        makespan,
        error,
    };
    (run, machine.coverage())
}

fn failure(error: RunError) -> Failure {
    match error {
        RunError::Raised(error) if error.is("RecursionError") => Failure::Limit,
        RunError::Raised(error) => {
            Failure::Exception { type_name: error.type_name().to_owned(), text: error.to_string() }
        }
        RunError::Stuck(stuck) => {
            let blocked = stuck.blocked.iter();
            let blocked = blocked.map(|task| Blocked { task: task.name.to_string(), line: None });
            Failure::Deadlock { blocked: blocked.collect() }
        }
        RunError::TooLong { .. } => Failure::Limit,
    }
}
