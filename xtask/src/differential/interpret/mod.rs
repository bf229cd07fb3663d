//! Runs programs on Coroscope's asyncio.

mod awaited;
mod awaiting;
mod body;
mod build;
mod comparing;
mod control;
mod coroutine;
mod exit;
mod exits;
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
use trace_document::{Document, End, Failure};

pub use self::machine::Machine;
pub use self::mains::script;
use super::coverage::Coverage;
use super::language::Program;

/// Runs a program; the trace of what happened, and what of asyncio it has reached.
///
/// # Errors
/// The text of a panic.
pub fn interpret(program: &Program) -> Result<(Document, Coverage), String> {
    catch_unwind(AssertUnwindSafe(|| run(program))).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("no text").to_owned()
    })
}

fn run(program: &Program) -> (Document, Coverage) {
    let trace = Trace::on();
    let machine = Machine::new(program.clone(), &trace);
    let script = || script(machine.clone());
    let mut run = Run::script(VirtualClock, trace.clone(), script).with_budget(crate::BUDGET);
    while !machine.is_cut_off() && run.step() != Status::Ended {}
    let failure = match run.result() {
        None => Some(Failure::Cut),
        Some(Err(RunError::Raised(error))) if error.is("RecursionError") => Some(Failure::Cut),
        Some(result) => result.err().as_ref().map(agree::failure),
    };
    let events = trace.with(|events| observe::observe(&machine, events));
    let end = Some(End { time: run.time(), failure });
    drop(run);
    machine.delete_all();
    (Document { events, end, ..Document::default() }, machine.coverage())
}
